import { isPrefetch, isRobot } from './isMachine.ts'

const FIREFOX = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:131.0) Gecko/20100101 Firefox/131.0'
const IN_AN_APP =
  'Mozilla/5.0 (Linux; Android 14; Pixel 8; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/130.0 Mobile Safari/537.36'

it.each([
  { 'sec-purpose': 'prefetch' },
  { 'sec-purpose': 'prefetch;prerender' },
  { purpose: 'prefetch' },
  { 'x-purpose': 'preview' },
  { 'x-moz': 'prefetch' },
])('a request with %j is a prefetch', (headers) => {
  expect(isPrefetch(headers)).toBe(true)
})

it('a request with other headers is no prefetch', () => {
  expect(isPrefetch({ 'user-agent': FIREFOX, purpose: 'buy' })).toBe(false)
})

it.each([
  ['GET', 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)'],
  ['GET', 'facebookexternalhit/1.1'],
  ['GET', 'WhatsApp/2.23.20.0'],
  ['GET', 'curl/8.5.0'],
  ['HEAD', FIREFOX],
])('%s by the user agent %s is a robot', (method, agent) => {
  expect(isRobot(method, { 'user-agent': agent })).toBe(true)
})

it.each([FIREFOX, IN_AN_APP, undefined])('the user agent %s is no robot', (agent) => {
  expect(isRobot('GET', { 'user-agent': agent })).toBe(false)
})
