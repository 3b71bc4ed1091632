"""The model server speaks as scripted, to a client that is not ours."""

import json
import threading
import urllib.request

import pytest

from tests.fakes.model_server import ModelServer, no_such_url, rate_limited, says


def post(url: str, **body: object) -> str:
    request = urllib.request.Request(url, json.dumps(body).encode(), {"Content-Type": "application/json"})
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(request, timeout=10) as response:
        text: str = response.read().decode()
        return text


def ask(server: ModelServer, text: str, **rest: object) -> str:
    messages = [{"role": "user", "content": text}]
    return post(f"{server.url}/chat/completions", model="alpha", messages=messages, **rest)


def test_queued_answers_come_before_the_script(model_server: ModelServer) -> None:
    model_server.then(says("first"))
    model_server.script(lambda call: says(f"you said {call.text}"))
    replies = [json.loads(ask(model_server, text)) for text in ("a", "b")]
    assert [reply["choices"][0]["message"]["content"] for reply in replies] == ["first", "you said b"]
    assert [call.text for call in model_server.questions] == ["a", "b"]
    assert model_server.count() == 2


def test_a_streamed_answer_goes_on_when_its_gate_opens(model_server: ModelServer) -> None:
    gate = threading.Event()
    model_server.then(says("one two", gate=gate))
    threading.Timer(0.05, gate.set).start()
    text = ask(model_server, "go", stream=True, stream_options={"include_usage": True})
    chunks = [json.loads(line[6:]) for line in text.splitlines() if line.startswith("data: {")]
    assert "".join(chunk["choices"][0]["delta"].get("content", "") for chunk in chunks[:-1]) == "one two"
    assert chunks[-1]["usage"]["prompt_tokens"] == 11
    assert text.rstrip().endswith("data: [DONE]")


@pytest.mark.parametrize(("answer", "status"), [(rate_limited("3"), 429), (no_such_url(), 404)])
def test_errors_have_their_status(model_server: ModelServer, answer: object, status: int) -> None:
    model_server.then(answer)  # type: ignore[arg-type]
    with pytest.raises(urllib.error.HTTPError) as caught:
        ask(model_server, "go")
    assert caught.value.code == status
    caught.value.close()


def test_texts_with_words_in_common_have_near_vectors(model_server: ModelServer) -> None:
    texts = ["a finite group", "a finite abelian group", "entropy"]
    data = json.loads(post(f"{model_server.url}/embeddings", model="e", input=texts))["data"]
    group, abelian, entropy = (entry["embedding"] for entry in data)
    assert sum(map(lambda x, y: x * y, group, abelian)) > sum(map(lambda x, y: x * y, group, entropy))
