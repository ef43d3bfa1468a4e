/** The types of files that a claim may have: screenshots and invoices. */
export type FileType = 'application/pdf' | 'image/jpeg' | 'image/png' | 'image/webp'

const SIGNATURES: [type: FileType, at: number, bytes: string][] = [
  ['image/jpeg', 0, '\xff\xd8\xff'],
  ['image/png', 0, '\x89PNG\r\n\x1a\n'],
  ['image/webp', 8, 'WEBPVP8'],
  ['application/pdf', 0, '%PDF-'],
]

/**
 * Detects the type of a file from its first bytes, not from its name. Returns null for any other
 * type.
 */
export const detectFileType = (content: Uint8Array): FileType | null => {
  const head = String.fromCharCode(...content.subarray(0, 16))
  const [type] = SIGNATURES.find(([, at, bytes]) => head.startsWith(bytes, at)) ?? [null]
  return type === 'image/webp' && !head.startsWith('RIFF') ? null : type
}
