import type { FileType } from '../../domain/fileType.ts'

const EXTENSIONS: Record<FileType, string> = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/webp': 'webp',
  'application/pdf': 'pdf',
}

/**
 * Cleans a file name: removes folders, and characters that control a terminal, a header or the
 * direction of the text.
 */
export const cleanFileName = (name: string, type: FileType): string => {
  const clean = (name.split(/[\\/]/).at(-1) ?? '')
    .normalize('NFC')
    .replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '')
    .trim()
  return Array.from(clean).slice(0, 150).join('').trim() || `file.${EXTENSIONS[type]}`
}

/**
 * The `Content-Disposition` header of a download, by RFC 6266: an ASCII name for old clients, the
 * full name for all others.
 */
export const toContentDisposition = (name: string): string => {
  const ascii = name.replace(/[^\w.() -]/g, '_')
  const full = encodeURIComponent(name).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `attachment; filename="${ascii}"; filename*=UTF-8''${full}`
}
