/**
 * Asks for the page again and puts in what changed, part by part: forms keep what was typed, and a
 * mail that is being read stays where it is. Times are written in the reader's own zone.
 */
export const script = `
const seen = new Map()
const parts = (root) => [...root.querySelectorAll('[data-live]')]
const dress = (root) => {
  for (const time of root.querySelectorAll('time')) {
    const at = new Date(time.dateTime)
    const isToday = at.toDateString() === new Date().toDateString()
    const day = { day: 'numeric', month: 'short' }
    const clock = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }
    time.textContent = time.className === 'full'
      ? at.toLocaleString([], { dateStyle: 'medium', timeStyle: 'short' })
      : isToday ? at.toLocaleTimeString([], { ...clock, second: '2-digit' })
      : at.toLocaleString([], { ...day, ...clock })
    time.title = at.toISOString()
  }
  for (const frame of root.querySelectorAll('iframe')) {
    const measure = () => {
      const page = frame.contentDocument?.documentElement
      if (page) frame.style.height = Math.ceil(page.getBoundingClientRect().height) + 'px'
    }
    frame.addEventListener('load', measure)
    measure()
    new ResizeObserver(measure).observe(frame.parentElement)
  }
}
for (const part of parts(document)) seen.set(part.id, part.innerHTML)
dress(document)
const refresh = async () => {
  const answer = await fetch(location.href).catch(() => null)
  document.body.classList.toggle('is-lost', !answer?.ok)
  if (!answer?.ok) return
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
  for (const fresh of parts(page)) {
    const part = document.getElementById(fresh.id)
    if (!part || seen.get(fresh.id) === fresh.innerHTML) continue
    seen.set(fresh.id, fresh.innerHTML)
    part.innerHTML = fresh.innerHTML
    dress(part)
  }
}
const again = () => setTimeout(async () => {
  if (!document.hidden) await refresh()
  again()
}, 2000)
again()
`
