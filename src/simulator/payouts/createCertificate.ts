import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto'

export type Certificate = { pem: string; privateKey: KeyObject }

let created: Certificate | null = null

/**
 * Creates a self-signed certificate with an RSA key, once for a process: such a key takes time.
 * Written as DER by hand (RFC 5280), because Node reads certificates and creates none.
 */
export const createCertificate = (): Certificate => {
  if (created) return created
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const name = sequence(set(sequence(oid(COMMON_NAME), utf8('messageverificationcerts.simulator'))))
  const content = sequence(
    tlv(0xa0, integer(2)), // version 3
    integer(1), // serial number
    ALGORITHM,
    name,
    sequence(time('20000101000000Z'), time('21000101000000Z')),
    name,
    publicKey.export({ format: 'der', type: 'spki' }),
  )
  const signature = tlv(BIT_STRING, Buffer.from([0]), sign('sha256', content, privateKey))
  const base64 = sequence(content, ALGORITHM, signature).toString('base64')
  const lines = base64.match(/.{1,64}/g) ?? []
  const pem = `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`
  created = { pem, privateKey }
  return created
}

const BIT_STRING = 0x03

/** One element: its tag, its length, its contents. */
const tlv = (tag: number, ...contents: Buffer[]): Buffer => {
  const content = Buffer.concat(contents)
  return Buffer.concat([Buffer.from([tag]), lengthOf(content), content])
}

const lengthOf = ({ length }: Buffer): Buffer =>
  length < 0x80
    ? Buffer.from([length])
    : Buffer.from([0x82, Math.floor(length / 0x100), length % 0x100])

const sequence = (...parts: Buffer[]): Buffer => tlv(0x30, ...parts)
const set = (...parts: Buffer[]): Buffer => tlv(0x31, ...parts)
const integer = (value: number): Buffer => tlv(0x02, Buffer.from([value]))
const utf8 = (text: string): Buffer => tlv(0x0c, Buffer.from(text))
const time = (text: string): Buffer => tlv(0x18, Buffer.from(text))
const oid = (bytes: number[]): Buffer => tlv(0x06, Buffer.from(bytes))

/** 2.5.4.3 */
const COMMON_NAME = [0x55, 0x04, 0x03]
/** 1.2.840.113549.1.1.11 (sha256WithRSAEncryption), with NULL as its parameter. */
const ALGORITHM = sequence(
  oid([0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x0b]),
  Buffer.from([0x05, 0x00]),
)
