"""Carry out the deployment guide as it is written, on a machine that may be thrown away.

    python -m tests.rehearse_deployment --on-a-throwaway-machine

As root on Debian 12. It installs packages, makes a system user, databases and files under /etc, /opt and
/var, and leaves them there. Where there is no systemd, a stand-in starts and stops the service. Letters go to
a mail server of its own on 127.0.0.1.
"""

from __future__ import annotations

import os
import re
import secrets
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

ROOT = Path(__file__).resolve().parent.parent
HOW_TO = ROOT / "docs" / "how-to"
BLOCK = re.compile(r"^```(\w+)([^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
TAKEN = [Path("/etc/masseter"), Path("/opt/masseter"), Path("/var/lib/masseter")]
SMTP_PORT = 2525
TOOLS = Path("/run/masseter-rehearsal")
SYSTEMCTL = r"""#!/bin/sh
# Stands in for systemd on a machine without it.
unit=/etc/systemd/system/masseter.service
start() {
    set -a; . /etc/masseter/masseter.env; set +a
    cd /var/lib/masseter
    command=$(sed -n 's/^ExecStart=//p' $unit)
    # shellcheck disable=SC2086
    setsid runuser -u masseter -- $command > /var/log/masseter.log 2>&1 &
    echo $! > /run/masseter.pid
    for _ in $(seq 60); do
        curl --silent --output /dev/null http://127.0.0.1:8000/ && return
        sleep 1
    done
    cat /var/log/masseter.log; exit 1
}
stop() {
    [ -f /run/masseter.pid ] || return 0
    kill -TERM "-$(cat /run/masseter.pid)"
    while curl --silent --output /dev/null http://127.0.0.1:8000/; do sleep 1; done
    rm -f /run/masseter.pid
}
worker() {
    set -a; . /etc/masseter/masseter.env; set +a
    cd /var/lib/masseter
    command=$(sed -n 's/^ExecStart=//p' /etc/systemd/system/masseter-worker.service)
    # shellcheck disable=SC2086
    setsid runuser -u masseter -- $command > /var/log/masseter-worker.log 2>&1 &
    echo $! > /run/masseter-worker.pid
}
case "$*" in
    daemon-reload) ;;
    "enable --now masseter-worker" | "start masseter-worker") worker ;;
    "stop masseter-worker") kill -TERM "-$(cat /run/masseter-worker.pid)" ;;
    "enable --now masseter" | "start masseter") start ;;
    "stop masseter") stop ;;
    "reload nginx") [ -s /run/nginx.pid ] && nginx -s reload || nginx ;;
    *) echo "systemctl $*: the stand-in does not know this" >&2; exit 1 ;;
esac
"""


@dataclass(frozen=True, kw_only=True)
class Block:
    """One block of a guide: a file to write, or something to run."""

    section: str
    language: str
    attributes: dict[str, str]
    text: str


class Letters:
    """A mail server that keeps what it is sent."""

    def __init__(self) -> None:
        self.kept: list[str] = []

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802  # its name
        self.kept.append(bytes(envelope.content or b"").decode())
        return "250 Accepted"


def blocks_of(name: str) -> list[Block]:
    """The blocks of a guide in their order, with the heading that they stand under."""
    text = (HOW_TO / name).read_text()
    found = []
    for match in BLOCK.finditer(text):
        headings = re.findall(r"^## (.+)$", text[: match.start()], re.MULTILINE)
        attributes = dict(part.split("=", 1) for part in match[2].split())
        section = headings[-1] if headings else ""
        found.append(Block(section=section, language=match[1], attributes=attributes, text=match[3]))
    return found


def filled(text: str, values: dict[str, str]) -> str:
    """A block with this machine's values in the places that a reader fills in."""
    for placeholder, value in values.items():
        text = text.replace(placeholder, value)
    return text


def carry_out(block: Block, values: dict[str, str]) -> str:
    """Write the file, or run the commands; what they say is shown and answered."""
    text = filled(block.text, values)
    target = block.attributes.get("file")
    if target:
        print(f"== writes {target}", flush=True)
        Path(target).write_text(text)
        Path(target).chmod(int(block.attributes.get("mode", "644"), 8))
        subprocess.run(["chown", block.attributes.get("owner", "root:root"), target], check=True)
        return ""
    command = ["runuser", "-u", "postgres", "--", "psql", "-v", "ON_ERROR_STOP=1"]
    if block.language != "sql":
        command = ["sh", "-e", "-x"]
    print(f"== {block.section}", flush=True)
    # With no more of this process's surroundings than a fresh root shell has.
    environment = {
        "PATH": f"{TOOLS}:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
        "HOME": "/root",
    }
    done = subprocess.run(
        command, input=text, text=True, cwd="/", env=environment, stdout=subprocess.PIPE, check=False
    )
    print(done.stdout, flush=True)
    if done.returncode:
        sys.exit(f"This step of the guide failed with {done.returncode}:\n{text}")
    return done.stdout


def make_ready() -> None:
    """Refuse a machine that holds something; make stand-ins for systemd where it is missing."""
    if "--on-a-throwaway-machine" not in sys.argv:
        sys.exit(__doc__)
    if os.geteuid() != 0 or not Path("/etc/debian_version").exists():
        sys.exit("This takes root on Debian.")
    there = [str(path) for path in TAKEN if path.exists()]
    if there:
        sys.exit(f"There is something already: {', '.join(there)}. Take a fresh machine.")
    TOOLS.mkdir(exist_ok=True)
    if not Path("/run/systemd/system").exists():
        (TOOLS / "systemctl").write_text(SYSTEMCTL)
        (TOOLS / "systemctl").chmod(0o755)
        (TOOLS / "journalctl").write_text("#!/bin/sh\ntail -n 20 /var/log/masseter.log\n")
        (TOOLS / "journalctl").chmod(0o755)


def start_database() -> None:
    """Debian starts PostgreSQL when it is installed; a machine without systemd needs to be told."""
    if not Path("/run/systemd/system").exists():
        subprocess.run(["pg_ctlcluster", "15", "main", "start"], check=False)
        time.sleep(2)


def rehearse_guide(values: dict[str, str], letters: Letters) -> None:
    """Steps 1 to 7: from packages to the first backup."""
    for block in blocks_of("deploy.md"):
        if block.section.startswith(("8.", "9.")):
            break
        if block.section.startswith("2."):
            start_database()
        said = carry_out(block, values)
        if "curl --fail" in block.text:
            assert "200" in said.splitlines()[0], said
            assert "strict-transport-security" in said.lower(), said
            assert "content-security-policy" in said.lower(), said
    assert any("/account/password/reset/" in letter for letter in letters.kept), (
        "no letter to the administrator"
    )


def rehearse_backup(values: dict[str, str]) -> None:
    """A backup, an event after it, a restore to try, and one for real."""
    first = Block(section="the first backup", language="sh", attributes={}, text="/etc/cron.daily/masseter\n")
    carry_out(first, values)
    dump = max(Path("/var/backups/masseter").glob("*.dump"))
    values = {**values, "DAY.": f"{dump.stem}."}
    later = (
        'masseter clinic add-staff orofacial sam@clinic.example "Sam Vane" --role injector\n'
        "masseter audit verify\n"
    )
    carry_out(Block(section="an event after the backup", language="sh", attributes={}, text=later), values)
    said = [carry_out(block, values) for block in blocks_of("restore-a-backup.md")]
    assert any("written and are gone" in text for text in said), said
    assert "0 faults" in said[-1], said[-1]


def rehearse_upgrade(values: dict[str, str]) -> None:
    """Step 8, onto the same version, and the weekly look."""
    (upgrade,) = [block for block in blocks_of("deploy.md") if block.section.startswith("8.")]
    assert "0 faults" in carry_out(upgrade, values)
    weekly = "masseter audit verify\nmasseter knowledge due | tail -n 1\n"
    carry_out(Block(section="every week", language="sh", attributes={}, text=weekly), values)


def main() -> None:
    """All of it, in the order of a clinic's life."""
    make_ready()
    letters = Letters()
    post = Controller(letters, hostname="127.0.0.1", port=SMTP_PORT)
    post.start()
    values = {
        "apt install": "DEBIAN_FRONTEND=noninteractive apt-get install -y -qq",
        "<address of the repository>": str(ROOT),
        "owner-password": secrets.token_hex(24),
        "app-password": secrets.token_hex(24),
        "the-first-secret": secrets.token_urlsafe(64),
        "the-second-secret": secrets.token_urlsafe(64),
        "the-photograph-key": secrets.token_hex(32),
        "smtp://user:password@mail.clinic.example:587": f"smtp://127.0.0.1:{SMTP_PORT}",
    }
    try:
        rehearse_guide(values, letters)
        rehearse_backup(values)
        rehearse_upgrade(values)
    finally:
        post.stop()
    print("The guide holds.")


if __name__ == "__main__":
    main()
