"""The inside of one execution environment of a Python function, as runtime.ts is of a Node.js one.

It runs in a process of its own, loads the handler that the environment variables name and answers
invocations as Lambda's Python runtime does (https://github.com/aws/aws-lambda-python-runtime-interface-client).
Its owner and it say a JSON text a line to each other over file descriptor 3: protocol.ts.
"""

import _socket
import builtins
import decimal
import importlib
import io
import json
import logging
import os
import re
import signal
import sys
import tempfile
import threading
import time
import traceback

CHANNEL = 3
# Lambda's limit for a synchronous response, in bytes.
MAX_RESPONSE_BYTES = 6_291_556
HOW = "let the state machine call the service and mock that Task, or hand the value in"
AWS_HOST = re.compile(
    r"(?:^|\.)(?:amazonaws\.com(?:\.cn)?|api\.aws|api\.amazonwebservices\.com\.cn)\.?$", re.I
)
METADATA = re.compile(r"^(?:::ffff:)?169\.254\.\d+\.\d+$|^fd00:0?ec2:", re.I)

# As they were before the function's code could change them.
_dumps, _loads, _read, _write, _lock = json.dumps, json.loads, os.read, os.write, threading.Lock()
_getaddrinfo = _socket.getaddrinfo
_request_id = ""


def send(message):
    """Returns when the owner has it all: nothing is lost when the process ends."""
    data = (_dumps(message) + "\n").encode()
    with _lock:
        while data:
            data = data[_write(CHANNEL, data) :]


def next_invocation():
    """Waits for the next invocation; without an owner there is nothing to wait for."""
    data = bytearray()
    while not data.endswith(b"\n"):
        chunk = _read(CHANNEL, 65536)
        if not chunk:
            os._exit(0)
        data += chunk
    return _loads(data.decode())


class Output:
    """Sends at once what a handler writes, between its other messages."""

    encoding = "utf-8"
    errors = "strict"

    def __init__(self, stream):
        self.stream = stream

    def write(self, text):
        send({"type": "log", "stream": self.stream, "text": str(text)})
        return len(text)

    def writelines(self, lines):
        for line in lines:
            self.write(line)

    def flush(self):
        pass

    def isatty(self):
        return False


class LogHandler(logging.Handler):
    """Lambda's own: the level, the time and the request stand before the message."""

    def emit(self, record):
        when = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(record.created))
        head = f"[{record.levelname}]\t{when}.{int(record.msecs):03d}Z\t{_request_id}\t"
        sys.stdout.write(f"{head}{self.format(record)}\n")


class Context:
    """https://docs.aws.amazon.com/lambda/latest/dg/python-context.html"""

    function_version = "$LATEST"
    identity = None
    client_context = None
    tenant_id = None

    def __init__(self, message):
        self.aws_request_id = message["requestId"]
        self.function_name = message["functionName"]
        self.invoked_function_arn = message["functionArn"]
        self.memory_limit_in_mb = str(message["memoryMb"])
        self.log_group_name = message["logGroupName"]
        self.log_stream_name = message["logStreamName"]
        self._deadline = message["deadline"]

    def get_remaining_time_in_millis(self):
        return max(0, int(self._deadline - time.time() * 1000))

    def log(self, text):
        sys.stdout.write(str(text))


class Fault(Exception):
    """What the runtime itself says of a function; the name is Lambda's."""

    def __init__(self, name, message, trace=()):
        super().__init__(message)
        self.payload = error_payload(name, message, list(trace))


def error_payload(name, message, trace, request_id=""):
    return {
        "errorMessage": message,
        "errorType": name,
        "requestId": request_id,
        "stackTrace": trace,
    }


def keep_temporary_files_in(folder, task_root):
    """`/tmp` is a folder of the environment's own, as it is on Lambda."""
    def moved(path):
        if isinstance(path, os.PathLike):
            path = os.fspath(path)
        # The folder itself may lie below the machine's /tmp, and the code as well.
        if not isinstance(path, str) or path.startswith((folder, task_root)):
            return path
        return folder + path[len("/tmp") :] if path == "/tmp" or path.startswith("/tmp/") else path

    def wrap(function):
        def with_moved(*args, **named):
            return function(*[moved(arg) for arg in args[:2]], *args[2:], **named)

        return with_moved

    for name in (
        *("open", "mkdir", "remove", "unlink", "rename", "replace", "rmdir", "listdir", "scandir"),
        *("stat", "lstat", "access", "chmod", "utime", "truncate", "readlink", "symlink", "link"),
    ):
        setattr(os, name, wrap(getattr(os, name)))
    io.open = builtins.open = wrap(io.open)
    tempfile.tempdir = folder


def refuse(what, rule):
    raise PermissionError(f"{what} is refused: in a local run a handler {rule}.")


def refuse_the_machine(allowed):
    """Refuses what a laptop offers and Lambda does not; native code is not held by it."""
    real = os.path.realpath
    task_root = real(os.environ["LAMBDA_TASK_ROOT"])
    temporary = [real(allowed["temporary"])]
    own = [sys.prefix, sys.base_prefix, sys.exec_prefix, *(path for path in sys.path if path)]
    readable = [task_root, *temporary, *(real(path) for path in [*allowed["read"], *own])]
    below = tuple(path.rstrip("/") + "/" for path in readable)
    writable = tuple(path.rstrip("/") + "/" for path in temporary)
    busy = threading.local()

    def path_of(value):
        if not isinstance(value, (str, bytes, os.PathLike)):
            return None
        return real(os.fsdecode(value)) + "/"

    def check_read(value):
        path = path_of(value)
        # A folder on the way to one that may be read is looked through by the import system.
        if path is None or path.startswith(below):
            return
        refuse(
            f"reading {os.fsdecode(value)}",
            "reads its own code, the system's files and the temporary folder",
        )

    def check_write(value):
        path = path_of(value)
        if path is not None and not path.startswith(writable) and path != "/dev/null/":
            refuse(f"writing {os.fsdecode(value)}", "writes the temporary folder only")

    def check_host(host):
        text = host.decode() if isinstance(host, bytes) else str(host)
        if AWS_HOST.search(text) or METADATA.search(text):
            refuse(f"a connection to {text}", f"calls no AWS: {HOW}")

    def check_address(host):
        # A name may stand for such an address, and an address be written in many ways.
        check_host(host)
        try:
            found = _getaddrinfo(host, None)
        except OSError:
            return
        for *_, address in found:
            check_host(address[0])

    writes = {
        *("os.remove", "os.rename", "os.mkdir", "os.rmdir", "os.chmod", "os.chown", "os.link"),
        *("os.symlink", "os.truncate", "os.utime"),
    }
    processes = {
        *("subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.spawn"),
        *("os.fork", "os.forkpty", "pty.spawn", "os.startfile"),
    }

    def hook(event, args):
        if getattr(busy, "on", False):
            return
        busy.on = True
        try:
            if event == "open":
                mode, flags = args[1], args[2] or 0
                writing = flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC)
                if writing or (isinstance(mode, str) and set(mode) & set("wax+")):
                    check_write(args[0])
                else:
                    check_read(args[0])
            elif event in ("os.listdir", "os.scandir"):
                check_read(args[0] if args[0] is not None else ".")
            elif event in writes:
                for value in args[:2] if event in ("os.rename", "os.link") else args[:1]:
                    check_write(value)
            elif event in processes:
                refuse("starting a process", "starts no other process")
            elif event in ("os.kill", "os.killpg") and args[0] != os.getpid():
                refuse(f"{event}({args[0]})", "ends its own process only")
            elif event == "socket.connect" and isinstance(args[1], tuple):
                check_address(args[1][0])
            elif event in ("socket.getaddrinfo", "socket.gethostbyname"):
                check_host(args[0])
        finally:
            busy.on = False

    sys.addaudithook(hook)


def load_handler(name):
    """`app.handler`, `folder/app.handler` or `folder.app.handler`."""
    try:
        module_name, function_name = name.rsplit(".", 1)
    except ValueError as error:
        raise Fault("Runtime.MalformedHandlerName", f"Bad handler '{name}': {error}") from error
    module_name = module_name.replace("/", ".")
    try:
        module = importlib.import_module(module_name)
    except ImportError as error:
        raise Fault(
            "Runtime.ImportModuleError", f"Unable to import module '{module_name}': {error}"
        ) from error
    except SyntaxError as error:
        place = f'  File "{error.filename}" Line {error.lineno}\n    {error.text}'
        raise Fault(
            "Runtime.UserCodeSyntaxError", f"Syntax error in module '{module_name}': {error}", [place]
        ) from error
    handler = getattr(module, function_name, None)
    if handler is None:
        raise Fault(
            "Runtime.HandlerNotFound", f"Handler '{function_name}' missing on module '{module_name}'"
        )
    return handler


def to_json(value):
    if isinstance(value, decimal.Decimal):
        return float(value)
    raise TypeError(f"Object of type {type(value).__name__} is not JSON serializable")


def serialise(result, request_id):
    try:
        text = _dumps(result, default=to_json, ensure_ascii=False, allow_nan=False)
    except Exception as error:
        message = f"Unable to marshal response: {error}"
        fault = Fault("Runtime.MarshalError", message)
        fault.payload["requestId"] = request_id
        raise fault from error
    if len(text.encode("utf-8", "surrogatepass")) > MAX_RESPONSE_BYTES:
        raise Fault(
            "Function.ResponseSizeTooLarge",
            f"Response payload size exceeded maximum allowed payload size ({MAX_RESPONSE_BYTES} bytes).",
        )
    return text


def explain(error):
    text = str(error)
    if type(error).__name__ in ("NoCredentialsError", "PartialCredentialsError"):
        return f"{text}. In a local run a handler gets no AWS credentials: {HOW}."
    return text


def trace_of(error):
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if frame.filename != __file__]
    # What the import system adds leads to nothing that a person wrote.
    return traceback.format_list([f for f in own if not f.filename.startswith("<frozen")])


def answer(handler, message):
    global _request_id
    _request_id = request_id = message["requestId"]
    os.environ["_X_AMZN_TRACE_ID"] = (
        f"Root=1-00000000-{request_id.replace('-', '')[:24]};Sampled=0"
    )
    try:
        result = handler(_loads(message["eventJson"]), Context(message))
        text = serialise(result, request_id)
        send({"type": "response", "requestId": request_id, "json": text})
    except Fault as fault:
        send({"type": "error", "requestId": request_id, "error": fault.payload})
    except Exception as error:
        payload = error_payload(type(error).__name__, explain(error), trace_of(error), request_id)
        send({"type": "error", "requestId": request_id, "error": payload})


def main():
    # An interrupt at the terminal reaches the whole process group; the owner decides what it means.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    sys.stdout, sys.stderr = Output("stdout"), Output("stderr")
    logging.getLogger().addHandler(LogHandler())
    task_root = os.environ["LAMBDA_TASK_ROOT"]
    sys.path.insert(0, task_root)
    sys.path_importer_cache.clear()
    allowed = _loads(sys.argv.pop())
    keep_temporary_files_in(allowed["temporary"], task_root)
    refuse_the_machine(allowed)
    try:
        handler = load_handler(os.environ["_HANDLER"])
    except Fault as fault:
        return send({"type": "init-error", "error": fault.payload})
    except Exception as error:
        payload = error_payload(type(error).__name__, explain(error), trace_of(error))
        return send({"type": "init-error", "error": payload})
    send({"type": "ready"})
    while True:
        answer(handler, next_invocation())


main()
