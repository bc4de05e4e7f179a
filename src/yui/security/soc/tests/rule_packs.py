"""Small packs of rules of our own, and the archives that hold them."""

import io
import tarfile
import zipfile

RULE = """title: Test of {name}
id: {id}
status: test
description: Finds {name}.
author: A. Author
tags:
    - attack.execution
    - attack.t1059.001
    - attack.credential_access
logsource:
    category: process_creation
    product: windows
detection:
    selection:
        Image|endswith: '\\{name}.exe'
    condition: selection
level: high
"""
ONE, TWO = "00000000-0000-4000-8000-000000000001", "00000000-0000-4000-8000-000000000002"
CORRELATION = f"""title: Many
id: 00000000-0000-4000-8000-000000000009
correlation:
    type: event_count
    rules:
        - {ONE}
    group-by:
        - User
    timespan: 5m
    condition:
        gte: 10
level: high
"""
LICENCE = "Detection Rule License (DRL) 1.1\n\nPermission is hereby granted …"


def rule(name="a", identifier=ONE):
    return RULE.format(name=name, id=identifier)


def zipped(**files):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    stream.seek(0)
    return stream


def tarred(mode="w:gz", **files):
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode=mode) as archive:
        for name, text in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(text.encode())
            archive.addfile(member, io.BytesIO(text.encode()))
    stream.seek(0)
    return stream


PACK = {"rules/a.yml": rule("a"), "rules/b.yaml": rule("b", TWO), "LICENSE.md": LICENCE, "README.md": "x"}
