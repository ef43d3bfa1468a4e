import { ShimmerEffect } from '@payloadcms/ui'

/** In the sizes of what will be there. */
export const QueueLoading = () => (
  <div aria-busy="true" aria-label="The figures are read" className="t-queues__loading">
    <ShimmerEffect height={52} width="100%" />
    <ShimmerEffect height={86} width="100%" />
    <ShimmerEffect height={330} width="100%" />
    <ShimmerEffect height={240} width="100%" />
  </div>
)
