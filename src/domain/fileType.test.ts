import { detectFileType } from './fileType.ts'

describe('a file', () => {
  it.each([
    ['image/jpeg', 'ffd8ffe000104a464946'],
    ['image/png', '89504e470d0a1a0a0000000d49484452'],
    ['image/webp', '52494646240000005745425056503820'],
    ['application/pdf', '255044462d312e370a'],
    [null, '524946462400000057415645666d7420'],
    [null, '3c68746d6c3e'],
    [null, '4d5a9000'],
    [null, '00255044462d312e37'],
    [null, 'ffd8'],
    [null, ''],
  ])('is %s by its first bytes: %s', (type, hex) => {
    expect(detectFileType(Buffer.from(hex, 'hex'))).toBe(type)
  })
})
