import { isPublicAddress, privateHosts, refuseUrl } from './refuseUrl.ts'

const PRIVATE = [
  '127.0.0.1',
  '127.255.255.254',
  '0.0.0.0',
  '10.1.2.3',
  '172.16.0.1',
  '172.31.255.255',
  '192.168.0.1',
  '169.254.169.254',
  '100.64.0.1',
  '100.127.255.255',
  '100.100.100.200',
  '192.0.0.192',
  '192.0.2.1',
  '198.18.0.1',
  '224.0.0.1',
  '255.255.255.255',
  '::',
  '::1',
  '::127.0.0.1',
  'fe80::1',
  'fe80::1%eth0',
  'fc00::1',
  'fd00:ec2::254',
  'ff02::1',
  '::ffff:127.0.0.1',
  '::ffff:10.0.0.1',
  '::ffff:8.8.8.8',
  '64:ff9b::7f00:1',
  '2002:7f00:1::',
  '2001:0:1::1',
  '2001:db8::1',
  'not an address',
  '',
]

describe('isPublicAddress', () => {
  it.each(PRIVATE)('is false for %s', (address) => {
    expect(isPublicAddress(address)).toBe(false)
  })

  it.each(['8.8.8.8', '13.107.42.14', '172.32.0.1', '100.128.0.1', '2606:4700::1111'])(
    'is true for %s',
    (address) => {
      expect(isPublicAddress(address)).toBe(true)
    },
  )
})

describe('refuseUrl', () => {
  it.each([
    ['http://api.awin.com', 'only https is allowed'],
    ['ftp://api.awin.com', 'only https is allowed'],
    ['https://user@api.awin.com', 'a user or a password'],
    ['https://api.awin.com:secret@evil.example', 'a user or a password'],
    ['https://localhost', 'not a public host'],
    ['https://localhost.', 'not a public host'],
    ['https://api.localhost', 'not a public host'],
    ['https://postgres', 'not a public host'],
    ['https://metadata.google.internal', 'not a public host'],
    ['https://printer.local', 'not a public host'],
    ['https://127.1', 'not a public host'],
    ['https://2130706433', 'not a public host'],
    ['https://0x7f000001', 'not a public host'],
    ['https://0177.0.0.1', 'not a public host'],
    ['https://0xa9.0xfe.0xa9.0xfe', 'not a public host'],
    ['https://①②⑦.0.0.1', 'not a public host'],
    ['https://127.0.0.1.', 'not a public host'],
    ['https://[::1]', 'not a public host'],
    ['https://[::ffff:169.254.169.254]', 'not a public host'],
    ['https://[fd00:ec2::254]', 'not a public host'],
  ])('refuses %s: %s', (url, because) => {
    expect(refuseUrl(new URL(url), [])).toContain(because)
  })

  it.each(['https://api.awin.com', 'https://8.8.8.8:8443/a', 'https://[2606:4700::1111]/'])(
    'allows %s',
    (url) => {
      expect(refuseUrl(new URL(url), [])).toBeNull()
    },
  )

  it('allows a private host and plain http for a host that the environment names', () => {
    expect(refuseUrl(new URL('http://10.0.0.7:8080'), ['10.0.0.7'])).toBeNull()
    expect(refuseUrl(new URL('http://10.0.0.8'), ['10.0.0.7'])).not.toBeNull()
    expect(refuseUrl(new URL('http://127.0.0.1'), 'any')).toBeNull()
  })
})

describe('privateHosts', () => {
  it('are any outside production, and in production the named ones', () => {
    const PRIVATE_HOSTS = ['gateway.internal']
    expect(privateHosts({ TRIBUTARY_MODE: 'production', PRIVATE_HOSTS })).toBe(PRIVATE_HOSTS)
    expect(privateHosts({ TRIBUTARY_MODE: 'demo', PRIVATE_HOSTS })).toBe('any')
  })
})
