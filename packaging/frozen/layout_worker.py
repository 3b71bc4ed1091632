"""Where the frozen layout worker starts: a program of its own, as Graphviz and the web engine crash in one process."""

from blueprint_app.layout.worker import main

if __name__ == "__main__":
    main()
