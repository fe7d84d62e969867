/** Hours and days as the phone's person reads them, in their language and zone. */

const LOCALES = { en: "en-GB" };

/** `{time, day, key}`: shows the hour, names the day, and gives a key that is equal within one day. */
export function clock(language, zone) {
  const locale = LOCALES[language] ?? language;
  const hour = new Intl.DateTimeFormat(locale, { timeZone: zone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  const date = new Intl.DateTimeFormat(locale, { timeZone: zone, weekday: "long", day: "numeric", month: "long" });
  const key = new Intl.DateTimeFormat("sv-SE", { timeZone: zone });
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });

  const day = (at) => {
    const days = Math.round((Date.parse(key.format(at)) - Date.parse(key.format(Date.now()))) / 86_400_000);
    const name = days === 0 || days === -1 ? relative.format(days, "day") : date.format(at);
    return name.charAt(0).toLocaleUpperCase(locale) + name.slice(1);
  };
  return { time: (at) => hour.format(at), day, key: (at) => key.format(at) };
}
