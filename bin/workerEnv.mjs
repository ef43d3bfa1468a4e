import fs from 'node:fs'

/**
 * What a worker's process starts with. It reads lists of any length, and on a large machine V8 and
 * malloc (an arena for each thread) keep long what was read long ago; with limits they do not. Your
 * own NODE_OPTIONS and MALLOC_ARENA_MAX win.
 */
export const workerEnv = () => {
  const text = fs.readFileSync(new URL('../package.json', import.meta.url), 'utf8')
  const { workerOptions } = JSON.parse(text).config
  const { MALLOC_ARENA_MAX = '2', NODE_OPTIONS = '' } = process.env
  return { NODE_OPTIONS: `${workerOptions} ${NODE_OPTIONS}`.trim(), MALLOC_ARENA_MAX }
}
