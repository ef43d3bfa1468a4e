import { FILE_LIMITS } from '../limits.ts'
import { DomainError } from '../../domain/errors.ts'
import { type Archive, malformedWorkbook } from './openArchive.ts'
import { parseWholeXml } from '../parseXml.ts'

type Sheet = { name: string; part: string }
/** What a workbook states beside its cells. */
export type Workbook = {
  is1904: boolean
  /** The visible sheets, in their order. */
  sheets: Sheet[]
  /** The texts that cells share, by number. */
  texts: string[]
  /** The number format of each cell style, by number. */
  formats: string[]
}

const MAX_SHEETS = 100
const MAX_TEXTS = 500_000
const MAX_STYLES = 65_000

/**
 * Reads what a workbook states beside the cells of its sheets.
 *
 * @throws DomainError `xlsx.malformed`, `file.too-large`
 */
export const readParts = async (archive: Archive): Promise<Workbook> => {
  const root = await readRelations(archive, '')
  const main = [...root.values()].find(({ type }) => type === 'officeDocument')?.part
  if (main === undefined) throw malformedWorkbook('it has no workbook inside')
  if (/\.bin$/i.test(main)) throw malformedWorkbook('it is in the binary form (.xlsb)')
  const relations = await readRelations(archive, main)
  const find = (type: string) => [...relations.values()].find((one) => one.type === type)?.part
  const { is1904, sheets } = await readMain(archive, main)
  return {
    is1904,
    sheets: sheets.flatMap(({ id, name }) => {
      const relation = relations.get(id)
      return relation?.type === 'worksheet' ? [{ name, part: relation.part }] : []
    }),
    texts: await readTexts(archive, find('sharedStrings')),
    formats: await readFormats(archive, find('styles')),
  }
}

type Relation = { type: string; part: string }

/** The parts that a part refers to, by the ids of its references. */
const readRelations = async (archive: Archive, part: string): Promise<Map<string, Relation>> => {
  const folder = part.slice(0, part.lastIndexOf('/') + 1)
  const relations = new Map<string, Relation>()
  const file = `${folder}_rels/${part.slice(folder.length)}.rels`
  await parseWholeXml(archive.read(file), {
    toError: malformedWorkbook,
    onOpen: (name, { Id = '', Target = '', Type = '' }) => {
      if (name !== 'Relationship' || relations.size >= MAX_SHEETS * 2) return
      const type = Type.slice(Type.lastIndexOf('/') + 1)
      relations.set(Id, { type, part: Target.startsWith('/') ? Target.slice(1) : folder + Target })
    },
  })
  return relations
}

const readMain = async (archive: Archive, main: string) => {
  const sheets: { id: string; name: string }[] = []
  let is1904 = false
  await parseWholeXml(archive.read(main), {
    toError: malformedWorkbook,
    onOpen: (element, { date1904 = '', id = '', name = '', state = 'visible' }) => {
      if (element === 'workbookPr') is1904 = ['1', 'true', 'on'].includes(date1904)
      if (element !== 'sheet' || state !== 'visible') return
      sheets.push({ id, name: name.slice(0, 100) })
      if (sheets.length > MAX_SHEETS)
        throw malformedWorkbook(`it has more than ${MAX_SHEETS} sheets`)
    },
  })
  return { is1904, sheets }
}

/** Texts may be in runs of their own formats; readings of Japanese (`rPh`) do not belong to them. */
const readTexts = async (archive: Archive, part: string | undefined): Promise<string[]> => {
  const texts: string[] = []
  if (part === undefined) return texts
  const path: string[] = []
  let text = ''
  let length = 0
  await parseWholeXml(archive.read(part), {
    toError: malformedWorkbook,
    onOpen: (name) => {
      path.push(name)
      if (name === 'si') text = ''
    },
    onText: (piece) => {
      if (path.at(-1) !== 't' || path.includes('rPh')) return
      length += piece.length
      if (length > FILE_LIMITS.text) throw tooMuchText()
      text += piece
      if (text.length > FILE_LIMITS.cell) throw tooMuchText()
    },
    onClose: (name) => {
      path.pop()
      if (name === 'si') texts.push(decodeEscapes(text))
      if (texts.length > MAX_TEXTS) throw tooMuchText()
    },
  })
  return texts
}

const tooMuchText = () =>
  new DomainError('file.too-large', 'The workbook has too much text. Split it by months.')

/** `_x000D_` is how a workbook writes a character that XML cannot have. */
export const decodeEscapes = (text: string): string =>
  text.includes('_x')
    ? text.replaceAll(/_x([0-9a-f]{4})_/gi, (_, code: string) =>
        String.fromCharCode(parseInt(code, 16)),
      )
    : text

/** Formats that workbooks name by number alone. Dates and times; the others do not change a number. */
const BUILT_IN_DATES: readonly (readonly [from: number, to: number])[] = [
  [14, 22],
  [27, 36],
  [45, 47],
  [50, 58],
]

const readFormats = async (archive: Archive, part: string | undefined): Promise<string[]> => {
  const formats: string[] = []
  if (part === undefined) return formats
  const codes = new Map<string, string>()
  let isInCells = false
  await parseWholeXml(archive.read(part), {
    toError: malformedWorkbook,
    onOpen: (name, { formatCode = '', numFmtId = '0' }) => {
      if (name === 'cellXfs') isInCells = true
      if (name === 'numFmt') codes.set(numFmtId, formatCode.slice(0, 500))
      if (name === 'xf' && isInCells) formats.push(codes.get(numFmtId) ?? builtIn(Number(numFmtId)))
      if (formats.length > MAX_STYLES || codes.size > MAX_STYLES) {
        throw malformedWorkbook('it has too many formats')
      }
    },
    onClose: (name) => {
      if (name === 'cellXfs') isInCells = false
    },
  })
  return formats
}

const builtIn = (id: number): string =>
  BUILT_IN_DATES.some(([from, to]) => id >= from && id <= to) ? 'yyyy-mm-dd hh:mm' : 'General'
