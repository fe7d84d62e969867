"""Everything an operator can change, from ``MISTOK_*`` variables or ``.env``."""

from pathlib import Path

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.errors import ConfigurationError


class Settings(BaseSettings):
    """One frozen object, read once and passed down.

    Attributes:
        database_url: ``sqlite:///path`` or ``postgresql://…``.
        telegram_token: Bot token from BotFather; empty leaves Telegram off.
        telegram_api_url: Root of the Bot API server; also a local one.
        telegram_webhook_url: Public address of the webhook; empty means polling.
        telegram_webhook_secret: Secret header of the webhook.
        signal_url: The signal-cli daemon: ``http://host:port``, ``unix:///path`` or ``tcp://host:port``.
        signal_account: The bot's number, E.164.
        signal_spare_account: A second number to continue with when the first is limited.
        signal_name, signal_about: What people see of the account.
        signal_picture: Path of its picture in the daemon's file system.
        signal_username: By which people find it; Signal adds two digits.
        signal_link: What ``mistok signal introduce`` prints; shown to people who come from elsewhere.
        web_listen: ``host:port`` for health, metrics and the webhook; empty leaves them off.
        secret_key: Master key of sealed columns.
        secret_key_file: A file that holds it, mode 0600.
        reminders: When meetings are announced again: ``d`` calendar days, ``h`` and ``m`` elapsed time.
        send_rate: Telegram messages a second, all chats together; up to 1000 with paid broadcast.
        translate_url: A LibreTranslate server; empty leaves machine translation off.
        log_level: DEBUG, INFO, WARNING or ERROR.
    """

    model_config = SettingsConfigDict(env_prefix="MISTOK_", env_file=".env", frozen=True, extra="ignore")

    database_url: str = "sqlite:///mistok.db"
    telegram_token: SecretStr = SecretStr("")
    telegram_api_url: str = "https://api.telegram.org"
    telegram_webhook_url: str = ""
    telegram_webhook_secret: SecretStr = SecretStr("")
    signal_url: str = ""
    signal_account: str = ""
    signal_spare_account: str = ""
    signal_name: str = Field(default="Mistok", max_length=26)
    signal_about: str = Field(default="", max_length=140)
    signal_picture: str = ""
    signal_username: str = ""
    signal_link: str = Field(default="", pattern=r"^(https://signal\.me/\S+)?$")
    web_listen: str = ""
    secret_key: SecretStr = SecretStr("")
    secret_key_file: Path | None = None
    reminders: str = Field(default="7d,1d,1h,10m", pattern=r"^[1-9][0-9]*[dhm](,[1-9][0-9]*[dhm])*$")
    send_rate: float = Field(default=25.0, gt=0, le=1000)
    translate_url: str = ""
    log_level: str = Field(default="INFO", pattern="^(DEBUG|INFO|WARNING|ERROR)$")


def load() -> Settings:
    """The settings of this process.

    Raises:
        ConfigurationError: Names each setting that is wrong, never its value.
    """
    try:
        return Settings()
    except ValidationError as error:
        wrong = (f"MISTOK_{str(item['loc'][0]).upper()}: {item['msg']}" for item in error.errors())
        raise ConfigurationError("; ".join(wrong)) from None
