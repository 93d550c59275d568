"""Headless Chromium over its debugging pipe, so that the HTML view is tested by clicks and keys in a real browser."""

import base64
import json
import os
import shutil
import struct
import subprocess
import tempfile
import zlib
from collections import Counter
from pathlib import Path
from typing import Any, Self

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
_FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--hide-scrollbars",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--disable-dev-shm-usage", "--remote-debugging-pipe", "--lang=en",
)  # fmt: skip


def colours(png: bytes) -> Counter[tuple[int, int, int]]:
    """Return how often each colour is in a PNG of 8 bits a channel (https://www.w3.org/TR/png/, filters in 9.2)."""
    width, height, _, kind = struct.unpack(">IIBB", png[16:26])
    step, place, packed = {2: 3, 6: 4}[kind], 8, b""
    while place < len(png):
        (size,) = struct.unpack(">I", png[place : place + 4])
        packed += png[place + 8 : place + 8 + size] * (png[place + 4 : place + 8] == b"IDAT")
        place += size + 12
    data, above, found = zlib.decompress(packed), bytearray(width * step), Counter[tuple[int, int, int]]()
    for start in range(0, height * (width * step + 1), width * step + 1):
        line = bytearray(data[start + 1 : start + 1 + width * step])
        for at in range(len(line) if data[start] else 0):
            left, up = line[at - step] if at >= step else 0, above[at]
            corner = above[at - step] if at >= step else 0
            guess = min((left, up, corner), key=lambda value: abs(left + up - corner - value))
            line[at] = (line[at] + (0, left, up, (left + up) // 2, guess)[data[start]]) & 255
        found.update(zip(line[0::step], line[1::step], line[2::step], strict=True))
        above = line
    return found


class Browser:
    """One page of a browser of its own; messages are JSON ended by a zero byte, on descriptors 3 and 4."""

    def __enter__(self) -> Self:
        self._profile = tempfile.mkdtemp()
        commands, self._out = os.pipe()
        self._in, answers = os.pipe()
        shell = f'exec "$@" 3<&{commands} 4>&{answers}'
        self._process = subprocess.Popen(
            ["bash", "-c", shell, "chromium", CHROMIUM, *_FLAGS, f"--user-data-dir={self._profile}", "about:blank"],
            pass_fds=(commands, answers), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        os.close(commands)
        os.close(answers)
        self._buffer, self._number, self._session = b"", 0, None
        self.events: list[dict[str, Any]] = []
        target = next(
            t for t in self._call("Target.getTargets")["targetInfos"] if t["type"] == "page"
        )["targetId"]  # fmt: skip
        self._session = self._call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self._call(f"{domain}.enable")
        return self

    def __exit__(self, *_: object) -> None:
        os.close(self._out)
        self._process.kill()
        self._process.wait()
        os.close(self._in)
        shutil.rmtree(self._profile, ignore_errors=True)

    def _message(self) -> dict[str, Any]:
        while b"\0" not in self._buffer:
            part = os.read(self._in, 1 << 16)
            if not part:
                raise RuntimeError("Chromium ended")
            self._buffer += part
        message, self._buffer = self._buffer.split(b"\0", 1)
        return json.loads(message)

    def _call(self, method: str, **params: Any) -> dict[str, Any]:
        self._number += 1
        command = {"id": self._number, "method": method, "params": params}
        if self._session:
            command["sessionId"] = self._session
        data = json.dumps(command).encode() + b"\0"
        while data:
            data = data[os.write(self._out, data) :]
        while (message := self._message()).get("id") != self._number:
            self.events.append(message)
        if "error" in message:
            raise RuntimeError(f"{method}: {message['error']}")
        return message["result"]

    def open(self, path: Path, width: int = 1280, height: int = 800, scheme: str = "light") -> None:
        """Load a file in a window of this size and colour scheme."""
        self._call(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=1,
            mobile=width < 700,
        )
        self._call("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
        self.events.clear()
        self._call("Page.navigate", url=path.as_uri())
        while not any(event.get("method") == "Page.loadEventFired" for event in self.events):
            self.events.append(self._message())

    def run(self, script: str) -> Any:
        """Return the value of a JavaScript expression in the page."""
        result = self._call("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in result:
            raise RuntimeError(result["exceptionDetails"]["exception"].get("description"))
        return result["result"].get("value")

    def click(self, selector: str, number: int = 0) -> None:
        """Press and release the mouse in the middle of the first line box of an element."""
        where = f"document.querySelectorAll({json.dumps(selector)})[{number}]"
        x, y = self.run(
            f"(() => {{ const e = {where}; e.scrollIntoView({{block: 'center'}});"
            " const r = e.getClientRects()[0]; return [r.x + r.width / 2, r.y + r.height / 2]; })()"
        )
        for kind in ("mousePressed", "mouseReleased"):
            self._call("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)

    def press(self, key: str) -> None:
        """Press a key: a letter or a name such as ArrowDown."""
        text = {"text": key} if len(key) == 1 else {"text": "\r"} if key == "Enter" else {}
        self._call("Input.dispatchKeyEvent", type="keyDown", key=key, **text)
        self._call("Input.dispatchKeyEvent", type="keyUp", key=key)

    def screenshot(self, path: Path) -> Counter[tuple[int, int, int]]:
        """Save what the window shows as PNG, and return how often each colour is there."""
        data = base64.b64decode(self._call("Page.captureScreenshot", format="png")["data"])
        path.write_bytes(data)
        return colours(data)

    @property
    def problems(self) -> list[str]:
        """What the page complained of, and what it asked the network for, since it was opened."""
        methods = {
            "Runtime.exceptionThrown",
            "Log.entryAdded",
            "Page.javascriptDialogOpening",
            "Runtime.consoleAPICalled",
        }
        requests = [
            event["params"]["request"]["url"] for event in self.events if event.get("method") == "Network.requestWillBeSent"
        ]  # fmt: skip
        return [str(e) for e in self.events if e.get("method") in methods] + [
            url for url in requests if not url.startswith("file:")
        ]
