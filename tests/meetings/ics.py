"""A strict reader of calendar files, written from RFC 5545 and not with the library that writes them."""

from dataclasses import dataclass, field

REQUIRED = {
    "VCALENDAR": {"PRODID", "VERSION"},
    "VEVENT": {"UID", "DTSTAMP", "DTSTART"},
    "VTIMEZONE": {"TZID"},
}
ONCE = {
    "UID",
    "DTSTAMP",
    "DTSTART",
    "DTEND",
    "SEQUENCE",
    "STATUS",
    "SUMMARY",
    "DESCRIPTION",
    "URL",
    "ORGANIZER",
    "TZID",
}


@dataclass
class Part:
    """A component: ``values`` holds ``(parameters, raw value)`` by property name."""

    name: str
    values: dict[str, list[tuple[dict[str, str], str]]] = field(default_factory=dict)
    parts: list["Part"] = field(default_factory=list)

    def one(self, name: str) -> str:
        """The raw value of a property that stands once."""
        ((_, value),) = self.values[name]
        return value

    def parameter(self, name: str, parameter: str) -> str:
        ((parameters, _),) = self.values[name]
        return parameters[parameter]

    def all(self, name: str) -> list["Part"]:
        return [part for part in self.parts if part.name == name]


def parse(data: bytes) -> Part:
    """The calendar; AssertionError where the file breaks a rule."""
    assert data.endswith(b"\r\n")
    rows = data[:-2].split(b"\r\n")
    assert all(len(row) <= 75 for row in rows), "a line is longer than 75 octets"
    assert not any(byte in row for row in rows for byte in b"\r\n\x00"), "a bare line end"
    for row in rows:
        row.decode("utf-8")  # a fold inside a character would break here
    lines: list[str] = []
    for row in rows:
        if row[:1] in b" \t" and row:
            lines[-1] += row[1:].decode()
        else:
            lines.append(row.decode())
    return _component(lines)


def text(value: str) -> str:
    """A TEXT value without its escapes."""
    result, rest = "", value
    while rest:
        char, rest = rest[0], rest[1:]
        if char == "\\":
            assert rest[0] in "\\;,nN", f"unknown escape {rest[0]}"
            result += "\n" if rest[0] in "nN" else rest[0]
            rest = rest[1:]
        else:
            assert char not in ";,", "a separator stands unescaped"
            result += char
    return result


def _component(lines: list[str]) -> Part:
    stack: list[Part] = [Part("")]
    for line in lines:
        name, parameters, value = _property(line)
        if name == "BEGIN":
            stack.append(Part(value))
        elif name == "END":
            part = stack.pop()
            assert part.name == value, f"{value} ends {part.name}"
            _checked(part)
            stack[-1].parts.append(part)
        else:
            stack[-1].values.setdefault(name, []).append((parameters, value))
    assert len(stack) == 1
    (calendar,) = stack[0].parts
    assert not stack[0].values
    return calendar


def _property(line: str) -> tuple[str, dict[str, str], str]:
    head, colon, value = line.partition(":")
    assert colon, f"no value in {line!r}"
    name, *parameters = head.split(";")
    assert name.replace("-", "").isalnum(), name
    assert name == name.upper()
    return name, dict(parameter.split("=", 1) for parameter in parameters), value


def _checked(part: Part) -> None:
    missing = REQUIRED.get(part.name, set()) - set(part.values)
    assert not missing, f"{part.name} lacks {missing}"
    if part.name == "VEVENT":
        twice = {name for name in ONCE if len(part.values.get(name, ())) > 1}
        assert not twice, f"{twice} stand twice"
