"""The servers that people use most, to begin an endpoint from."""

from dataclasses import dataclass

from blueprint_app.assistant.endpoints.endpoint import Endpoint


@dataclass(frozen=True, slots=True)
class Preset:
    """A server with its usual address; `note` says what to start or where a key comes from."""

    name: str
    base_url: str
    key: str
    note: str

    def endpoint(self, name: str = "") -> Endpoint:
        """An endpoint with these values."""
        # A server on this machine has one processor or card, and works on one question at a time.
        return Endpoint(name or self.name, self.base_url, self.key, parallel=4 if self.key else 2)


PRESETS = (
    Preset("OpenAI", "https://api.openai.com/v1", "env:OPENAI_API_KEY", "Needs a key of an account with credit."),
    Preset("vLLM", "http://127.0.0.1:8000/v1", "", "Start it with `vllm serve MODEL`."),
    Preset("llama.cpp", "http://127.0.0.1:8080/v1", "", "Start it with `llama-server -m MODEL.gguf -c 16384`."),
    Preset("Ollama", "http://127.0.0.1:11434/v1", "", "Start it with `ollama serve`; `ollama pull MODEL` fetches one."),
    Preset("LM Studio", "http://127.0.0.1:1234/v1", "", "Load a model and start its server on the Developer page."),
)
