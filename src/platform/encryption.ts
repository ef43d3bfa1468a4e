import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'

const ALGORITHM = 'aes-256-gcm'
const VERSION = 'v1'

/**
 * Encrypts a text for a column, with authentication and a random nonce. `context` names its place
 * (the row's key), so that a value copied into another row cannot be decrypted there.
 */
export const encrypt = (key: Buffer, text: string, context: string): string => {
  const nonce = randomBytes(12)
  const cipher = createCipheriv(ALGORITHM, key, nonce).setAAD(Buffer.from(context))
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return [VERSION, nonce, cipher.getAuthTag(), sealed]
    .map((part) => (typeof part === 'string' ? part : part.toString('base64url')))
    .join('.')
}

/** @throws Error when the text was not encrypted with this key, for this context, or was changed */
export const decrypt = (key: Buffer, sealed: string, context: string): string => {
  const [version, nonce, tag, body] = sealed.split('.')
  if (version !== VERSION || !nonce || !tag || body === undefined) {
    throw new Error('Not an encrypted value.')
  }
  const decipher = createDecipheriv(ALGORITHM, key, Buffer.from(nonce, 'base64url'))
    .setAAD(Buffer.from(context))
    .setAuthTag(Buffer.from(tag, 'base64url'))
  const opened = decipher.update(Buffer.from(body, 'base64url'))
  return Buffer.concat([opened, decipher.final()]).toString('utf8')
}

/**
 * Returns the key of 32 bytes: the hexadecimal setting, or one derived from `fallback` without it.
 */
export const readEncryptionKey = (hex: string | undefined, fallback: string): Buffer =>
  hex
    ? Buffer.from(hex, 'hex')
    : Buffer.from(hkdfSync('sha256', fallback, '', 'tributary encryption', 32))
