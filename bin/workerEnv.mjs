import fs from 'node:fs'

/**
 * The environment of a worker's process. A worker reads lists of any length. On a large machine V8
 * and malloc (an arena for each thread) would keep that memory for a long time, so both are
 * limited. NODE_OPTIONS and MALLOC_ARENA_MAX of the caller take precedence.
 */
export const workerEnv = () => {
  const text = fs.readFileSync(new URL('../package.json', import.meta.url), 'utf8')
  const { workerOptions } = JSON.parse(text).config
  const { MALLOC_ARENA_MAX = '2', NODE_OPTIONS = '' } = process.env
  return { NODE_OPTIONS: `${workerOptions} ${NODE_OPTIONS}`.trim(), MALLOC_ARENA_MAX }
}
