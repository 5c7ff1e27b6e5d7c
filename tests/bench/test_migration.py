"""Comparing exports: ids and the time of making make no difference, everything else does."""

import json
from zipfile import ZipFile

from bench.migration.compare import differences


def archive(path, lines, files=()):
    with ZipFile(path, "w") as out:
        out.writestr("import.jsonl", "".join(json.dumps(line) + "\n" for line in lines))
        for name, content in files:
            out.writestr("data/" + name, content)
    return path


def version(created):
    return {"type": "version", "version": 1, "info": {"created": created}}


def post(path, **more):
    return {"type": "post", "post": {"message": "hi", "attachments": [{"path": path}], **more}}


def test_ids_and_order_make_no_difference(tmp_path):
    team = {"type": "team", "team": {"name": "a"}}
    one = archive(tmp_path / "1.zip", [version("then"), team, post("x/id1/a.txt")], [("x/id1/a.txt", "content")])
    two = archive(tmp_path / "2.zip", [version("now"), post("y/id2/a.txt"), team], [("y/id2/a.txt", "content")])
    assert list(differences(one, two)) == []


def test_what_is_said_and_what_files_hold_does(tmp_path):
    one = archive(tmp_path / "1.zip", [version(""), post("a.txt", flagged_by=["ann"])], [("a.txt", "content")])
    two = archive(tmp_path / "2.zip", [version(""), post("a.txt", flagged_by=["ben"])], [("a.txt", "content")])
    assert [line[0] for line in differences(one, two)] == ["<", ">"]
    two = archive(tmp_path / "2.zip", [version(""), post("a.txt", flagged_by=["ann"])], [("a.txt", "other")])
    assert len(list(differences(one, two))) == 2
