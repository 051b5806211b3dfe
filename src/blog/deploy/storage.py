"""A bucket: the one user of obstore."""

import configparser
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import obstore
from obstore.exceptions import (
    AlreadyExistsError,
    BaseError,
    PermissionDeniedError,
    PreconditionError,
    UnauthenticatedError,
)
from obstore.store import S3Store

from blog.config import S3
from blog.deploy.serving import cache_life
from blog.diagnostics import Abort
from blog.media import content_type

_BIG = 256 * 1024
"""Bytes from which a file may need its time on a slow line."""
_TIMEOUT = "60s"
_BIG_TIMEOUT = "5m"
_PART = 8 * 1024 * 1024
"""Bytes above which a file is sent in parts, one by one."""
_RETRIES: dict[str, Any] = {"max_retries": 4, "retry_timeout": timedelta(seconds=40)}
_GIVEN = (
    "AWS_ACCESS_KEY_ID",
    "AWS_WEB_IDENTITY_TOKEN_FILE",
    "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
    "AWS_CONTAINER_CREDENTIALS_FULL_URI",
)
"""Variables that say who we are."""


class Moved(Exception):
    """An object is not the one that was to be replaced."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """An object of the bucket."""

    tag: str
    """Its entity tag without quotes: often the MD5 of its content."""
    size: int
    changed: datetime


class Storage:
    """A folder in a bucket. Whatever goes wrong is an `Abort`."""

    def __init__(self, settings: S3) -> None:
        prefix = settings.prefix.strip("/")
        self.where = f"s3://{settings.bucket}/{prefix}".rstrip("/")
        with self._told():
            self._store: Any = _opened(settings, prefix, _TIMEOUT)
            self._big_store: Any = _opened(settings, prefix, _BIG_TIMEOUT)

    def every(self) -> dict[str, Stored]:
        """All objects by path."""
        with self._told():
            return {
                str(each["path"]): _stored(each)
                for chunk in obstore.list(self._store)
                for each in chunk
            }

    def get(self, path: str) -> tuple[bytes, Stored] | None:
        """An object and what is known of it; None if there is none."""
        with self._told():
            try:
                found = obstore.get(self._store, path)
                return bytes(found.bytes()), _stored(found.meta)
            except FileNotFoundError:
                return None

    async def put(self, path: str, data: bytes) -> str:
        """Writes a file of the site; its tag."""
        headers = {
            "Content-Type": content_type(path),
            "Cache-Control": cache_life(path),
        }
        with self._told():
            return _tag(
                await obstore.put_async(
                    self._big_store if is_big(len(data)) else self._store,
                    path,
                    data,
                    attributes=headers,
                    use_multipart=len(data) > _PART,
                    chunk_size=_PART,
                    max_concurrency=1,
                )
            )

    def replace(self, path: str, data: bytes, tag: str) -> str:
        """Writes what only we read, if it still has this tag; its new tag.

        An empty tag: if it is not there. Raises `Moved`.
        """
        headers = {"Content-Type": "application/json", "Cache-Control": "no-store"}
        mode: Any = {"e_tag": f'"{tag}"'} if tag else "create"
        with self._told():
            try:
                done = obstore.put(
                    self._store, path, data, attributes=headers, mode=mode
                )
            except (AlreadyExistsError, PreconditionError, FileNotFoundError):
                raise Moved from None
        return _tag(done)

    def delete(self, paths: Sequence[str]) -> None:
        """Takes objects away."""
        if paths:
            with self._told():
                obstore.delete(self._store, list(paths))

    @contextmanager
    def _told(self) -> Iterator[None]:
        """What storage says is one clear message, in which no key ever stands."""
        try:
            yield
        except (PermissionDeniedError, UnauthenticatedError) as error:
            raise Abort(
                f"{self.where} refuses these credentials: {_reason(error)}",
                hint="check AWS_ACCESS_KEY_ID and its secret, and what they may do",
            ) from None
        except (BaseError, ValueError, OSError) as error:
            reason = _reason(error)
            hint = "deploy again then: what has arrived is not sent twice"
            if "bucket does not exist" in reason or "NoSuchBucket" in str(error):
                hint = "make it where you rent it, or check `bucket` and `endpoint`"
            raise Abort(f"{self.where} does not do it: {reason}", hint=hint) from None


def is_big(size: int) -> bool:
    """Whether a file of so many bytes is one of a few to be sent at once."""
    return size > _BIG


def _opened(settings: S3, prefix: str, timeout: str) -> Any:
    endpoint = settings.endpoint
    more: dict[str, Any] = {"endpoint": endpoint} if endpoint else {}
    region = os.environ.get("AWS_REGION") or os.environ.get("AWS_DEFAULT_REGION")
    more["region"] = settings.region or region or "us-east-1"
    # Without encryption only where somebody has written so.
    options: dict[str, Any] = {
        "timeout": timeout,
        "connect_timeout": "10s",
        "allow_http": endpoint.startswith("http://"),
    }
    if not any(os.environ.get(name) for name in _GIVEN):
        more.update(_of_profile())
    more.update(client_options=options, retry_config=_RETRIES)
    return S3Store(settings.bucket, prefix=prefix or None, **more)


def _of_profile() -> dict[str, str]:
    """The credentials in the file that the tools of Amazon keep."""
    default = Path.home() / ".aws" / "credentials"
    place = Path(os.environ.get("AWS_SHARED_CREDENTIALS_FILE", default))
    profile = os.environ.get("AWS_PROFILE", "default")
    read = configparser.RawConfigParser()
    try:
        read.read_string(place.read_text())
        found = dict(read[profile])
        names = {
            "access_key_id": found["aws_access_key_id"],
            "secret_access_key": found["aws_secret_access_key"],
        }
    except (OSError, configparser.Error, KeyError, ValueError):
        raise Abort(
            f"there are no credentials: neither in the environment nor for the profile "
            f"{profile!r} in {place}",
            hint="set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY",
        ) from None
    if token := found.get("aws_session_token"):
        names["session_token"] = token
    return names


def _stored(found: Any) -> Stored:
    tag = str(found["e_tag"] or "").removeprefix("W/").strip('"')
    return Stored(tag=tag, size=int(found["size"]), changed=found["last_modified"])


def _tag(done: Any) -> str:
    return str(done["e_tag"] or "").removeprefix("W/").strip('"')


def _reason(error: Exception) -> str:
    """The first line of what the library says, down to the words of the service."""
    text = str(error)
    first = text.partition("\n")[0]
    begin, end = text.find("<Message>"), text.find("</Message>")
    if 0 < begin < end:
        return text[begin + len("<Message>") : end]
    return first.rpartition(" - ")[2] or type(error).__name__
