#!/usr/bin/env python3
"""The HTML report in a browser: filters, keyboard, phone width, hostile input. Chromium, spoken to over a pipe.

    tests/report/page.py build/kastell

77 without Chromium.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
failures: list[str] = []


class Browser:
    """Chrome DevTools Protocol: JSON messages that end in NUL, on file descriptors 3 and 4."""

    def __init__(self, program: str, profile: str) -> None:
        to_browser, self._out = os.pipe()
        self._in, from_browser = os.pipe()
        flags = ["--headless=new", "--no-sandbox", "--disable-gpu", "--remote-debugging-pipe", f"--user-data-dir={profile}"]
        command = 'exec "$0" "$@" 3<&%d 4>&%d' % (to_browser, from_browser)
        self._process = subprocess.Popen(["bash", "-c", command, program, *flags, "about:blank"],
                                         pass_fds=(to_browser, from_browser), stdout=subprocess.DEVNULL,
                                         stderr=subprocess.DEVNULL)
        os.close(to_browser)
        os.close(from_browser)
        self._number, self._buffer, self._session = 0, b"", None
        self.events: list[dict] = []
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.call(f"{domain}.enable")

    def _read(self) -> dict:
        while b"\0" not in self._buffer:
            block = os.read(self._in, 1 << 16)
            if not block:
                raise RuntimeError("the browser ended")
            self._buffer += block
        message, self._buffer = self._buffer.split(b"\0", 1)
        return json.loads(message)

    def call(self, method: str, **parameters: object) -> dict:
        self._number += 1
        message = {"id": self._number, "method": method, "params": parameters}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._out, json.dumps(message).encode() + b"\0")
        while True:
            answer = self._read()
            if answer.get("id") == self._number:
                return answer.get("result", {})
            self.events.append(answer)

    def open(self, path: Path, width: int, height: int = 900) -> None:
        self.events.clear()
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=width < 500)
        self.call("Page.navigate", url=path.as_uri())
        self.ask("new Promise(done => document.readyState === 'complete' ? done(1) : addEventListener('load', () => done(1)))")

    def ask(self, expression: str) -> object:
        result = self.call("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        return result.get("result", {}).get("value")

    def press(self, key: str, text: str = "") -> None:
        code = {"Tab": 9, "Escape": 27}.get(key, ord(key[0].upper()))
        self.call("Input.dispatchKeyEvent", type="keyDown", key=key, text=text, windowsVirtualKeyCode=code)
        self.call("Input.dispatchKeyEvent", type="keyUp", key=key, windowsVirtualKeyCode=code)

    def close(self) -> None:
        self._process.terminate()
        self._process.wait(timeout=20)


def check(what: str, holds: bool, detail: object = "") -> None:
    if not holds:
        failures.append(f"{what} {detail}")


SHOWN = "document.querySelectorAll('.findings > li:not([hidden])').length"
SETTLED = "new Promise(done => setTimeout(done, 200))"


def check_filters(browser: Browser, page: Path) -> None:
    browser.open(page, 1280)
    every = browser.ask(SHOWN)
    check("all findings are shown at first", isinstance(every, int) and every > 50, every)
    browser.press("/", "/")
    check("/ goes to the text", browser.ask("document.activeElement.name") == "text")
    check("/ is not typed", browser.ask("document.activeElement.value") == "")
    browser.call("Input.insertText", text="docker.sock")
    browser.ask(SETTLED)
    few = browser.ask(SHOWN)
    check("text filters", isinstance(few, int) and 0 < few < 10, few)
    check("the number shown is said", str(few) in str(browser.ask("document.getElementById('shown').textContent")))
    browser.press("Escape")
    check("Escape empties the text", browser.ask(SHOWN) == every)
    browser.ask("document.querySelector('input[value=critical]').click()")
    browser.ask(SETTLED)
    check("a severity filters", browser.ask(SHOWN + " < " + str(every)) is True)
    browser.ask("document.querySelector('a[data-show=\"pod.privileged\"]').click()")
    browser.ask(SETTLED)
    check("a control's name leads to its findings", browser.ask(
        "[...document.querySelectorAll('.findings > li:not([hidden])')].every(li => li.dataset.control === 'pod.privileged')"
        " && " + SHOWN + " > 0") is True)


def check_keyboard(browser: Browser, page: Path) -> None:
    browser.open(page, 1280)
    browser.press("Tab")
    check("Tab begins at the skip link", browser.ask("document.activeElement.className") == "skip")
    seen = set()
    for _ in range(40):
        browser.press("Tab")
        seen.add(browser.ask("document.activeElement.tagName"))
        check("focus is seen", browser.ask("getComputedStyle(document.activeElement).outlineStyle") != "none",
              browser.ask("document.activeElement.outerHTML.slice(0, 80)"))
    check("Tab goes through links, fields and findings", {"A", "INPUT", "SELECT", "BUTTON", "SUMMARY"} <= seen, seen)


def check_width(browser: Browser, page: Path) -> None:
    for width in (1280, 390):
        browser.open(page, width)
        browser.ask("document.querySelectorAll('details').forEach(one => one.open = true)")
        wide = browser.ask("document.documentElement.scrollWidth")
        check(f"nothing is wider than {width} px", isinstance(wide, int) and wide <= width, wide)


def check_hostile(browser: Browser, page: Path) -> None:
    browser.open(page, 1280)
    check("no element of the input", browser.ask("document.querySelectorAll('img, iframe, script + script').length") == 0)
    check("the input is text", "<script>alert(1)</script>" in str(browser.ask("document.body.textContent")))
    requests = [event["params"]["request"]["url"] for event in browser.events
                if event.get("method") == "Network.requestWillBeSent"]
    check("no request but the page's own", all(url.startswith("file:") for url in requests), requests)
    faults = [event for event in browser.events if event.get("method") in ("Log.entryAdded", "Runtime.exceptionThrown")]
    check("no error", not faults, faults[:2])


def main() -> int:
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if not chromium:
        print("skipped: no Chromium on PATH")
        return 77
    program = str(Path(sys.argv[1]).resolve())
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        shop, hostile = Path(name, "shop.html"), Path(name, "hostile.html")
        for page, path in ((shop, ROOT / "examples/shop"), (hostile, ROOT / "tests/report/hostile.yaml")):
            subprocess.run([program, "scan", "-q", "-f", "html", "-o", page, "--fail-on", "never", path], check=True)
        browser = Browser(chromium, f"{name}/profile")
        try:
            for one, page in ((check_filters, shop), (check_keyboard, shop), (check_width, shop), (check_hostile, hostile)):
                one(browser, page)
        finally:
            browser.close()
    print("\n".join(failures) or "filters, keyboard, widths and hostile input as they should be")
    print(f"{0 if failures else 4} passed, {len(failures)} failed")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
