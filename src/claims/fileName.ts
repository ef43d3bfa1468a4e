import type { FileType } from '../domain/fileType.ts'

const ENDINGS: Record<FileType, string> = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/webp': 'webp',
  'application/pdf': 'pdf',
}

/** A name as it may be kept: no folders, nothing that steers a terminal, a header or a reader's eye. */
export const fileName = (given: string, type: FileType): string => {
  const name = (given.split(/[\\/]/).at(-1) ?? '')
    .normalize('NFC')
    .replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '')
    .trim()
  return Array.from(name).slice(0, 150).join('').trim() || `file.${ENDINGS[type]}`
}

/**
 * `Content-Disposition` of a file to be saved and never shown, by RFC 6266: plain letters for old
 * clients, the whole name for all others.
 */
export const dispositionOf = (name: string): string => {
  const plain = name.replace(/[^\w.() -]/g, '_')
  const whole = encodeURIComponent(name).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `attachment; filename="${plain}"; filename*=UTF-8''${whole}`
}
