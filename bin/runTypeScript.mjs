import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))

/** Runs a program in a process of its own; signals go on to it, and its exit code is ours. */
export const run = (args, env = {}) => {
  const child = spawn(process.execPath, args, {
    stdio: 'inherit',
    env: { ...process.env, ...env },
  })
  // A terminal sends Ctrl-C to both processes. A signal sent otherwise reaches only this one.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      if (!process.stdin.isTTY || signal !== 'SIGINT') child.kill(signal)
    })
  }
  child.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)))
}

/** Runs a TypeScript file of ours through tsx. */
export const runTypeScript = (file, args, env) =>
  run(['--import', import.meta.resolve('tsx'), `${root}${file}`, ...args], env)
