"""Programs that answer in bytes, with real ones: Python as a stand-in for git."""

import sys
import time

import pytest

from blueprint_app.lean.asking.binary import Conversation, output_of
from blueprint_app.lean.asking.environment import program_environment
from blueprint_app.lean.asking.process import RUNNING, Limits, Program, ProgramMissingError, TimeLimitError


def python(code: str) -> list[str]:
    return [sys.executable, "-c", code]


def run(code: str, folder, **more):
    return output_of(python(code), folder, environment=program_environment(), **more)


def test_every_byte_comes_and_errors_stay_apart(tmp_path):
    code = "import sys; sys.stdout.buffer.write(bytes(range(256)) * 4000); print('trouble', file=sys.stderr)"
    output = run(code, tmp_path)
    assert output.data == bytes(range(256)) * 4000
    assert (output.code, output.errors) == (0, "trouble")


def test_what_is_given_reaches_the_program(tmp_path):
    given = b"a\0b\n" * 300_000
    code = "import sys; sys.stdout.buffer.write(sys.stdin.buffer.read()[::-1]); sys.exit(3)"
    output = run(code, tmp_path, given=given)
    assert (output.code, output.data) == (3, given[::-1])


def test_without_input_a_program_waits_for_none(tmp_path):
    assert run("import sys; print(len(sys.stdin.read()))", tmp_path).data.strip() == b"0"


def test_a_time_limit_and_a_cancel_end_it(tmp_path):
    begun = time.monotonic()
    with pytest.raises(TimeLimitError):
        run("import time; time.sleep(600)", tmp_path, limits=Limits(seconds=0.2))

    def check():
        if time.monotonic() - begun > 0.5:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run("import time; time.sleep(600)", tmp_path, check=check)
    assert time.monotonic() - begun < 60
    assert not RUNNING


def test_a_program_that_is_not_there(tmp_path):
    with pytest.raises(ProgramMissingError):
        output_of(["no-such-program-at-all"], tmp_path, environment=program_environment())


ECHO = """
import sys
for line in sys.stdin.buffer:
    sys.stdout.buffer.write(b"%d\\n" % len(line.strip()) + line.strip())
    sys.stdout.flush()
"""


def test_questions_and_answers(tmp_path):
    talk = Conversation(python(ECHO), tmp_path, program_environment())
    for word in (b"one", b"", b"three" * 50_000):
        count = int(talk.ask(word))
        assert count == len(word)
        assert talk.read(count) == word
    talk.end()
    assert talk not in RUNNING


def test_a_program_that_has_ended_answers_nothing(tmp_path):
    talk = Conversation(python("pass"), tmp_path, program_environment())
    assert talk.ask(b"x") == b""
    assert talk.read(10) == b""
    talk.end()
    talk.end()


def test_a_conversation_ends_with_the_application(tmp_path):
    talk = Conversation(python(ECHO), tmp_path, program_environment())
    Program.end_all()
    assert talk.ask(b"x") == b""
