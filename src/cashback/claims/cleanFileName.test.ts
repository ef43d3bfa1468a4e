import { toContentDisposition, cleanFileName } from './cleanFileName.ts'

describe('the name of a file', () => {
  it.each([
    ['invoice.pdf', 'invoice.pdf'],
    ['../../etc/passwd', 'passwd'],
    ['C:\\Users\\asha\\bill.pdf', 'bill.pdf'],
    ['a\r\nSet-Cookie: x=1.pdf', 'aSet-Cookie: x=1.pdf'],
    ['gpj\u202efdp.exe', 'gpjfdp.exe'],
    ['बिल ₹.pdf', 'बिल ₹.pdf'],
    ['\ud800', 'file.pdf'],
    ['  ', 'file.pdf'],
    ['', 'file.pdf'],
    ['😀'.repeat(300), '😀'.repeat(150)],
  ])('loses its dangerous characters and folders: %j', (given, kept) => {
    expect(cleanFileName(given, 'application/pdf')).toBe(kept)
  })

  it.each([
    ['bill (1).pdf', `attachment; filename="bill (1).pdf"; filename*=UTF-8''bill%20%281%29.pdf`],
    [`a"b;c'.pdf`, `attachment; filename="a_b_c_.pdf"; filename*=UTF-8''a%22b%3Bc%27.pdf`],
    ['बिल.pdf', `attachment; filename="___.pdf"; filename*=UTF-8''%E0%A4%AC%E0%A4%BF%E0%A4%B2.pdf`],
  ])('is encoded for a header: %s', (name, header) => {
    expect(toContentDisposition(name)).toBe(header)
    expect(() => new Headers({ 'Content-Disposition': header })).not.toThrow()
  })
})
