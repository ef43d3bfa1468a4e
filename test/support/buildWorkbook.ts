import { buildZip } from './buildZip.ts'

type Sheet = {
  name?: string
  state?: 'hidden' | 'veryHidden' | 'visible'
  /** The XML of `sheetData`: its rows. */
  rows: string
}
type Options = {
  sheets: Sheet[]
  /** The XML of the shared texts: its `si` elements. */
  texts?: string
  /** Codes of number formats; the style of a cell is their number, from 1. */
  formats?: string[]
  is1904?: boolean
  /** XML before the root of each sheet, such as a document type. */
  prolog?: string
}

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006/relationships'

/** Builds a workbook by hand from raw XML, as no library would write it. */
export const buildWorkbook = (options: Options): Buffer =>
  buildZip(listParts(options).map(([name, content]) => ({ name, content })))

/** The parts of such a workbook, by their names. */
export const listParts = ({
  formats = [],
  is1904 = false,
  prolog = '',
  sheets,
  texts,
}: Options): [name: string, content: string][] => [
  ['_rels/.rels', relations([['rId1', 'officeDocument', 'xl/workbook.xml']])],
  [
    'xl/workbook.xml',
    `${HEAD}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><workbookPr date1904="${is1904 ? 1 : 0}"/><sheets>${sheets
      .map(
        ({ name, state = 'visible' }, at) =>
          `<sheet name="${name ?? `Sheet${at + 1}`}" sheetId="${at + 1}" state="${state}" r:id="rId${at + 1}"/>`,
      )
      .join('')}</sheets></workbook>`,
  ],
  [
    'xl/_rels/workbook.xml.rels',
    relations([
      ...sheets.map((_, at): Relation => [
        `rId${at + 1}`,
        'worksheet',
        `worksheets/s${at + 1}.xml`,
      ]),
      ['rIdS', 'styles', 'styles.xml'],
      ...(texts === undefined ? [] : [['rIdT', 'sharedStrings', '/xl/texts.xml'] as Relation]),
    ]),
  ],
  [
    'xl/styles.xml',
    `${HEAD}<styleSheet xmlns="${MAIN}"><numFmts>${formats
      .map((code, at) => `<numFmt numFmtId="${200 + at}" formatCode="${escapeXml(code)}"/>`)
      .join(
        '',
      )}</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/>${formats
      .map((_, at) => `<xf numFmtId="${200 + at}"/>`)
      .join('')}</cellXfs></styleSheet>`,
  ],
  ...(texts === undefined
    ? []
    : [['xl/texts.xml', `${HEAD}<sst xmlns="${MAIN}">${texts}</sst>`] as [string, string]]),
  ...sheets.map(({ rows }, at): [string, string] => [
    `xl/worksheets/s${at + 1}.xml`,
    `${HEAD}${prolog}<worksheet xmlns="${MAIN}"><sheetData>${rows}</sheetData></worksheet>`,
  ]),
]

type Relation = [id: string, type: string, target: string]

const relations = (list: Relation[]): string =>
  `${HEAD}<Relationships xmlns="${PACKAGE}">${list
    .map(
      ([id, type, target]) =>
        `<Relationship Id="${id}" Type="${OFFICE}/${type}" Target="${target}"/>`,
    )
    .join('')}</Relationships>`

const escapeXml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;')
