/**
 * The script of the pages. Every two seconds it fetches the page and replaces the parts that
 * changed, so that forms keep their input and an opened mail keeps its scroll position. It writes
 * times in the reader's time zone.
 */
export const pageScript = `
const seen = new Map()
const parts = (root) => [...root.querySelectorAll('[data-live]')]
const decorate = (root) => {
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
decorate(document)
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
    decorate(part)
  }
}
const poll = () => setTimeout(async () => {
  if (!document.hidden) await refresh()
  poll()
}, 2000)
poll()
`
