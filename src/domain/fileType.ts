/** Kinds of files that go with a claim: pictures of screens, and invoices. */
export type FileType = 'application/pdf' | 'image/jpeg' | 'image/png' | 'image/webp'

const SIGNS: [type: FileType, at: number, bytes: string][] = [
  ['image/jpeg', 0, '\xff\xd8\xff'],
  ['image/png', 0, '\x89PNG\r\n\x1a\n'],
  ['image/webp', 8, 'WEBPVP8'],
  ['application/pdf', 0, '%PDF-'],
]

/** What a file is by its first bytes, whatever its sender calls it; null for all other kinds. */
export const fileTypeOf = (content: Uint8Array): FileType | null => {
  const head = String.fromCharCode(...content.subarray(0, 16))
  const [type] = SIGNS.find(([, at, bytes]) => head.startsWith(bytes, at)) ?? [null]
  return type === 'image/webp' && !head.startsWith('RIFF') ? null : type
}
