import fc from 'fast-check'

import { NetworkError } from '../../../src/cashback/networks/NetworkError.ts'
import type { NetworkSpec } from './networkSpec.ts'

/** Tests that a link carries the click's id, and that every postback is read without an error. */
export const testNetworkLinks = (spec: NetworkSpec): void => {
  const network = spec.networkAt({ baseUrl: 'http://127.0.0.1:1' })
  const { clickParam, deepLinkParam } = spec.links
  const postback = spec.postback ?? { id: '1', token: 'x' }
  const clickId = 'clk01JD3Z8Q6M2V5T9XK4R7W0AB'
  const trackingUrl = `https://track.example.test/go?a=%20x+y&sig=a%2Fb==&${clickParam}=old#part`

  it('carry the click’s id and leave the rest of the link unchanged', () => {
    const link = network.buildLink({ trackingUrl, clickId })
    expect(link).toBe(
      `https://track.example.test/go?a=%20x+y&sig=a%2Fb==&${clickParam}=${clickId}#part`,
    )
  })

  it('lead to any page, with its address unchanged', () => {
    fc.assert(
      fc.property(fc.webUrl({ withQueryParameters: true, withFragments: true }), (page) => {
        const link = new URL(network.buildLink({ trackingUrl, clickId, deepLink: page }))
        expect(link.searchParams.get(deepLinkParam)).toBe(new URL(page).href)
        expect(link.searchParams.getAll(clickParam)).toEqual([clickId])
      }),
    )
  })

  it.each([
    ['a tracking link with another scheme', { trackingUrl: 'javascript:alert(1)', clickId }],
    ['an empty tracking link', { trackingUrl: '', clickId }],
    ['a page that is a file', { trackingUrl, clickId, deepLink: 'file:///etc/passwd' }],
    ['an id that is too long', { trackingUrl, clickId: 'x'.repeat(200) }],
    ['an id with other characters', { trackingUrl, clickId: 'a b&c=d' }],
  ])('are refused for %s', (_what, link) => {
    expect(() => network.buildLink(link)).toThrow(NetworkError)
  })

  if (spec.postback) {
    it('name a transaction with a status that we know', () => {
      const { row } = network.readPostback(postback)
      expect(row).toMatchObject({ subId: clickId, currency: 'INR', isIdGenerated: false })
      expect(row?.status).not.toBe('unknown')
    })
  } else {
    it('name no transaction, so that the API is read', () => {
      const read = network.readPostback(postback)
      expect(read).toMatchObject({ row: null, detail: expect.any(String) })
    })
  }

  it('have one event id for the same fields, in any order and with any secret', () => {
    const reversed = Object.fromEntries(Object.entries(postback).toReversed())
    const other = { ...reversed, token: 'another' }
    const { eventId } = network.readPostback(postback)
    expect(network.readPostback(other).eventId).toBe(eventId)
    expect(network.readPostback({ ...other, more: '' }).eventId).not.toBe(eventId)
  })

  it('are read without their secret', () => {
    const read = network.readPostback({ ...postback, token: 'hidden-secret' })
    expect(JSON.stringify(read)).not.toContain('hidden-secret')
  })

  it('and pages are read or refused with a NetworkError, whatever they contain', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.array(fc.jsonValue()), (body, rows) => {
        for (const raw of [body, spec.bodyOf({ rows, total: rows.length })]) {
          try {
            const page = network.readPage(raw)
            expect(page.raw).toBe(raw)
          } catch (error) {
            expect(error).toBeInstanceOf(NetworkError)
          }
        }
      }),
    )
  })

  it('are read without an error, whatever they contain', () => {
    const names = fc.oneof(fc.constantFrom(...Object.keys(postback)), fc.string())
    fc.assert(
      fc.property(fc.dictionary(names, fc.string()), (fields) => {
        const { eventId, row } = network.readPostback({ ...postback, ...fields })
        expect(eventId).toMatch(/^[0-9a-f]{32}$/)
        if (row) expect(Number.isSafeInteger(row.commissionMinor)).toBe(true)
      }),
    )
  })
}
