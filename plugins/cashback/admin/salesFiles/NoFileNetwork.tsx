import { AdminLink } from '../../../../src/admin/layout/AdminLink.tsx'

/** Before the first network that is read from files: what it takes, and who does it. */
export const NoFileNetwork = ({
  adminRoute,
  isAdmin,
}: {
  adminRoute: string
  isAdmin: boolean
}) => (
  <p className="t-queues__none">
    No network is read from files yet. Any network that offers a download can be: set it up with the
    adapter “csv” and a mapping, which says what each column is.{' '}
    {isAdmin ? (
      <AdminLink href={`${adminRoute}/collections/networks/create`}>Set up a network</AdminLink>
    ) : (
      'An admin sets networks up.'
    )}
  </p>
)
