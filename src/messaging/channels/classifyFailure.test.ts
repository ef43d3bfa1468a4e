import { classifyFailure } from './exchange.ts'

const open = new AbortController().signal
const failed = (fields: object, message = 'failed') => Object.assign(new Error(message), fields)
const wrapped = (cause: unknown) => new TypeError('fetch failed', { cause })
const kindOf = (error: unknown) => classifyFailure({ error, deadline: open }).kind

describe('a failure before the request leaves', () => {
  it.each([
    ['no listener', failed({ code: 'ECONNREFUSED', syscall: 'connect' })],
    ['no such host', failed({ code: 'ENOTFOUND', syscall: 'getaddrinfo', hostname: 'x' })],
    ['no name server', failed({ code: 'EAI_AGAIN', syscall: 'getaddrinfo', hostname: 'x' })],
    ['no route', failed({ code: 'ENETUNREACH' })],
    ['no connection in time', failed({ code: 'ETIMEDOUT', syscall: 'connect' })],
    ['reset while connecting', failed({ code: 'ECONNRESET', syscall: 'connect' })],
    ['undici: no connection in time', failed({ code: 'UND_ERR_CONNECT_TIMEOUT' })],
    ['a certificate that is over', failed({ code: 'CERT_HAS_EXPIRED' })],
    ['a self-signed certificate', failed({ code: 'DEPTH_ZERO_SELF_SIGNED_CERT' })],
    ['a certificate of another', failed({ code: 'ERR_TLS_CERT_ALTNAME_INVALID' })],
    ['an unknown issuer', failed({ code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' })],
    ['no TLS', failed({ code: 'EPROTO' })],
    [
      'connection closed in the handshake',
      failed({ code: 'ECONNRESET' }, `x before secure TLS connection was established`),
    ],
  ])('is retried: %s', (_case, error) => {
    expect(kindOf(error)).toBe('retry')
    expect(kindOf(wrapped(error))).toBe('retry')
    expect(kindOf(wrapped(Object.assign(new AggregateError([error, error]), {})))).toBe('retry')
  })
})

describe('a failure that may come later', () => {
  it.each([
    ['reset', failed({ code: 'ECONNRESET', syscall: 'read' })],
    ['hung up', failed({ code: 'ECONNRESET' }, 'socket hang up')],
    ['broken pipe', failed({ code: 'EPIPE', syscall: 'write' })],
    ['undici: closed', failed({ code: 'UND_ERR_SOCKET' })],
    ['no answer in time', failed({ code: 'ETIMEDOUT', syscall: 'read' })],
    ['axios: no answer in time', failed({ code: 'ECONNABORTED' })],
    ['not HTTP', failed({ code: 'HPE_INVALID_CONSTANT' })],
    ['a TLS alert in the middle', failed({ code: 'ERR_SSL_SSLV3_ALERT_BAD_RECORD_MAC' })],
    ['an error without a code', new Error('?')],
    ['something thrown', 'thrown'],
    ['nothing thrown', undefined],
  ])('is unknown: %s', (_case, error) => {
    expect(kindOf(error)).toBe('unknown')
    expect(kindOf(wrapped(error))).toBe('unknown')
  })

  it('has the code of its innermost cause', () => {
    const error = wrapped(failed({ code: 'UND_ERR_SOCKET' }, 'other side closed'))
    expect(classifyFailure({ error, deadline: open })).toEqual({
      kind: 'unknown',
      code: 'UND_ERR_SOCKET',
      detail: 'other side closed',
    })
  })

  it('has the code of the deadline once that has passed', () => {
    const deadline = AbortSignal.abort('timeout')
    const error = failed({ code: 'ECONNREFUSED' })
    expect(classifyFailure({ error, deadline })).toMatchObject({
      kind: 'unknown',
      code: 'timeout',
    })
  })
})
