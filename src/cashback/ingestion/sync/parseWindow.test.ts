import { parseWindow } from './parseWindow.ts'

const now = new Date('2026-11-21T10:00:00Z')

it.each([
  [{}, null],
  [{ from: '2026-11-01' }, ['2026-11-01T00:00:00.000Z', '2026-11-21T10:00:00.000Z']],
  [
    { from: '2026-11-01T10:00:00+05:30', to: '2026-11-02' },
    ['2026-11-01T04:30:00.000Z', '2026-11-02T00:00:00.000Z'],
  ],
  [
    { from: '2026-11-01', to: '2026-12-01' },
    ['2026-11-01T00:00:00.000Z', '2026-11-21T10:00:00.000Z'],
  ],
])('parseWindow reads %j as the window %j, which never ends in the future', (given, expected) => {
  const window = parseWindow({ ...given, now })
  expect(window && [window.from.toISOString(), window.to.toISOString()]).toEqual(expected)
})

it.each([
  [{ to: '2026-11-01' }, 'from'],
  [{ from: '' }, 'from'],
  [{ from: '1 November' }, 'from'],
  [{ from: '2026-02-30' }, 'from'],
  [{ from: '2026-11-22' }, 'from'],
  [{ from: '2024-11-01' }, 'from'],
  [{ from: '2026-11-02', to: '2026-11-02' }, 'to'],
  [{ from: '2026-11-02', to: 'now' }, 'to'],
])('parseWindow refuses %j and names the field %s', (given, field) => {
  const refused = () => {
    try {
      return parseWindow({ ...given, now })
    } catch (error) {
      return error
    }
  }
  expect(refused()).toMatchObject({ code: 'sync.bad-window', details: { field } })
})
