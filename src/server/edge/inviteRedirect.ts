import { Router } from 'express'

/** `/r/:code`: a member's invite link. Leads to the sign-up page, which sends the code along. */
export const inviteRedirect = ({ signupUrl }: { signupUrl: string }) => {
  const router = Router()
  router.get('/r/:code', (request, response) => {
    const target = new URL(signupUrl)
    target.searchParams.set('ref', request.params.code.toUpperCase().slice(0, 32))
    response.redirect(302, target.href)
  })
  return router
}
