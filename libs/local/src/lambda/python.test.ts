import { describe, expect, it } from 'vitest';
import { invoke, messageOf, typeOf } from '../testing/invoke.ts';
import { findPython } from './python.ts';

const python = await findPython();

/** Runs each event on a Python handler whose source is given. */
const run = (source: string, events?: readonly unknown[], settings = {}) =>
  invoke(source, events, {
    ...{ file: 'app.py', runtime: 'python3.13', handler: 'app.handler' },
    ...(python !== undefined && { python }),
    ...settings,
  });

// A machine without Python has nothing to show here; the reason is told in a test of code folders.
describe.runIf(python !== undefined)('a Python function', () => {
  it('answers events in one process, prints and logs, and knows its invocation', async () => {
    const { results, logs } = await run(
      `import logging, os, sys
calls = 0
print("loading")
def handler(event, context):
    global calls
    calls += 1
    print("got", event["name"])
    print("oh", file=sys.stderr)
    logging.getLogger().warning("careful")
    left = context.get_remaining_time_in_millis()
    return {"calls": calls, "id": context.aws_request_id, "name": context.function_name,
            "memory": context.memory_limit_in_mb, "version": context.function_version,
            "time": 0 < left <= 30000, "mine": os.environ["MINE"], "text": "straße"}
`,
      [{ name: 'Ada' }, { name: 'Bo' }],
      { environment: { MINE: 'm', AWS_SECRET_ACCESS_KEY: 'x' } },
    );
    const same = { name: 'dev-thermostat-read', memory: '256', version: '$LATEST', time: true };
    expect(results).toEqual([
      { ...same, calls: 1, id: 'request-0', mine: 'm', text: 'straße' },
      { ...same, calls: 2, id: 'request-1', mine: 'm', text: 'straße' },
    ]);
    const texts = logs.map(({ stream, text }) => `${stream} ${text.replace(/\t\S+Z\t/, ' T ')}`);
    expect(texts.slice(0, 4)).toEqual([
      'stdout loading',
      'stdout got Ada',
      'stderr oh',
      'stdout [WARNING] T request-0\tcareful',
    ]);
  });

  it('fails with its error, type and trace, and goes on', async () => {
    const { results } = await run(
      `class Odd(Exception):
    pass
def deeper():
    raise Odd("no " + "way")
def handler(event, context):
    if event.get("bad"):
        deeper()
    return 1
`,
      [{ bad: true }, {}],
    );
    expect(results[1]).toBe(1);
    expect(Object.keys(results[0] as object)).toEqual([
      'errorMessage',
      'errorType',
      'requestId',
      'stackTrace',
    ]);
    expect(results[0]).toMatchObject({ errorType: 'Odd', errorMessage: 'no way' });
    const { stackTrace } = results[0] as { stackTrace: string[] };
    expect(stackTrace).toHaveLength(2);
    expect(stackTrace[0]).toMatch(/^ {2}File ".*app\.py", line 7, in handler\n {4}deeper\(\)\n$/);
  });

  it.each([
    ['import nothing_like_it', 'Runtime.ImportModuleError', "Unable to import module 'app'"],
    ['def handler(', 'Runtime.UserCodeSyntaxError', "Syntax error in module 'app'"],
    ['x = 1', 'Runtime.HandlerNotFound', "Handler 'handler' missing on module 'app'"],
    ['1 / 0', 'ZeroDivisionError', 'division by zero'],
    [
      'def handler(e, c):\n  return {1, 2}',
      'Runtime.MarshalError',
      'Unable to marshal response: Object of type set is not JSON serializable',
    ],
    ['import os\ndef handler(e, c):\n  os._exit(3)', 'Runtime.ExitError', 'exit status 3'],
    [
      'import time\ndef handler(e, c):\n  time.sleep(30)',
      'Sandbox.Timedout',
      'Task timed out after 1.00 seconds',
    ],
  ])('that is %j fails with %s', async (source, type, message) => {
    const { results } = await run(source, [{}], { timeoutSeconds: 1 });
    expect(typeOf(results[0])).toBe(type);
    expect(messageOf(results[0])).toContain(message);
  });

  it.each([
    ['open("/etc/passwd").read()', 'reading /etc/passwd is refused'],
    ['os.listdir("/root" if os.path.exists("/root") else "/home")', 'is refused'],
    ['open("/usr/mine.txt", "w")', 'writing /usr/mine.txt is refused'],
    ['subprocess.run(["true"])', 'starting a process is refused'],
    ['os.kill(os.getppid(), 0)', 'ends its own process only'],
    ['socket.create_connection(("sts.amazonaws.com", 443), 1)', 'calls no AWS'],
    ['socket.create_connection(("169.254.169.254", 80), 1)', 'calls no AWS'],
    ['socket.socket().connect(("2852039166", 80))', 'calls no AWS'],
    ['socket.socket(socket.AF_INET6).connect(("::ffff:a9fe:a9fe", 80))', 'calls no AWS'],
    ['open(os.path.expanduser("~/.aws/credentials")).read()', 'is refused'],
    ['open(f"/proc/{os.getppid()}/environ").read()', 'is refused'],
    ['open(os.environ["LAMBDA_TASK_ROOT"] + "/app.py", "a")', 'is refused'],
    ['os.symlink("/etc/passwd", "/tmp/link")', 'is refused'],
  ])('is kept from %s', async (what, message) => {
    const source = `import os, socket, subprocess\ndef handler(event, context):\n    ${what}\n    return "done"`;
    const { results } = await run(source);
    expect(typeOf(results[0])).toBe('PermissionError');
    expect(messageOf(results[0])).toContain(message);
  });

  it('sees nothing of the environment of the host', async () => {
    const { results } = await run(
      'import os\ndef handler(event, context):\n    return sorted(os.environ)',
      [{}],
      { environment: { MINE: 'm' } },
    );
    const names = results[0] as string[];
    expect(names).toContain('MINE');
    const others = names.filter((name) => !/^(?:AWS_|LAMBDA_|_HANDLER|_X_AMZN|_AWS)/.test(name));
    expect(
      others.filter((name) => !['LANG', 'LC_CTYPE', 'MINE', 'PATH', 'TZ'].includes(name)),
    ).toEqual(
      expect.not.arrayContaining(['HOME', 'USER', 'SHELL', 'PWD', 'TMPDIR', 'NODE_OPTIONS']),
    );
  });

  it('may write the temporary folder and read what it wrote', async () => {
    const { results } = await run(
      `import os, pathlib, tempfile
def handler(event, context):
    with tempfile.TemporaryFile("w+") as file:
        file.write("kept")
        file.seek(0)
        a = file.read()
    os.makedirs("/tmp/a/b")
    pathlib.Path("/tmp/a/b/c").write_text("here")
    return [a, open("/tmp/a/b/c").read(), os.path.exists("/tmp/a"), os.listdir("/tmp")]`,
    );
    expect(results).toEqual([['kept', 'here', true, ['a']]]);
  });
});
