import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import fs from 'node:fs/promises'
import path from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { StringDecoder } from 'node:string_decoder'
import { createGunzip, createGzip } from 'node:zlib'

/** A file of an archive: its path below the folder of archives, and the SHA-256 of its bytes. */
export type ArchiveFile = { file: string; sha256: string }

/**
 * Writes lines to a compressed file. It appears under its name at once, complete and on the disk:
 * it is written beside it, flushed, and renamed. A file of that name is replaced. One process at a
 * time may write a name.
 *
 * @returns the SHA-256 of its bytes, in hexadecimal
 */
export const writeArchive = async (
  dir: string,
  file: string,
  lines: AsyncIterable<string> | Iterable<string>,
): Promise<ArchiveFile> => {
  const target = locate(dir, file)
  await fs.mkdir(path.dirname(target), { recursive: true, mode: 0o700 })
  const part = `${target}.part`
  const handle = await fs.open(part, 'w', 0o600)
  const hash = createHash('sha256')
  try {
    await pipeline(Readable.from(endLines(lines)), createGzip(), async (chunks) => {
      for await (const chunk of chunks as AsyncIterable<Buffer>) {
        hash.update(chunk)
        await handle.writeFile(chunk)
      }
    })
    await handle.sync()
  } finally {
    await handle.close()
  }
  await fs.rename(part, target)
  await syncFolders(dir, path.dirname(target))
  return { file, sha256: hash.digest('hex') }
}

/** Returns the SHA-256 of a file's bytes; null when there is no such file. */
export const hashArchive = async (dir: string, file: string): Promise<string | null> => {
  const hash = createHash('sha256')
  try {
    await pipeline(createReadStream(locate(dir, file)), hash)
  } catch (error) {
    if ((error as { code?: unknown }).code === 'ENOENT') return null
    throw error
  }
  return hash.digest('hex')
}

/** Reads the lines of a file, one after another. @throws Error when it is missing or damaged */
export async function* readArchive(dir: string, file: string): AsyncGenerator<string> {
  const source = createReadStream(locate(dir, file))
  const gunzip = createGunzip()
  source.on('error', (error) => gunzip.destroy(error))
  const decoder = new StringDecoder('utf8')
  let rest = ''
  // Not by readline: it also splits at other separators, which JSON may hold.
  for await (const chunk of source.pipe(gunzip) as AsyncIterable<Buffer>) {
    const lines = (rest + decoder.write(chunk)).split('\n')
    rest = lines.pop() ?? ''
    yield* lines
  }
  if (rest !== '') yield rest
}

/** @throws Error for a path that leads out of the folder */
const locate = (dir: string, file: string): string => {
  const target = path.resolve(dir, file)
  if (!target.startsWith(`${path.resolve(dir)}${path.sep}`)) {
    throw new Error(`The archive ${file} is not in the folder of archives.`)
  }
  return target
}

async function* endLines(lines: AsyncIterable<string> | Iterable<string>): AsyncGenerator<string> {
  for await (const line of lines) yield `${line}\n`
}

/** A new name is on the disk only after its folder, and those above it, are flushed. */
const syncFolders = async (top: string, folder: string): Promise<void> => {
  for (let at = folder; at.startsWith(path.resolve(top)); at = path.dirname(at)) {
    const handle = await fs.open(at, 'r')
    try {
      await handle.sync()
    } finally {
      await handle.close()
    }
  }
}
