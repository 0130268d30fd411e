/** Which page of the course is open, as the address says behind `#`. */
export type Route =
  | { readonly page: 'exercise'; readonly id: string }
  | { readonly page: 'card'; readonly id: string }
  | { readonly page: 'challenge'; readonly id: string }
  | { readonly page: 'sandbox' };

/** Reads the part of an address behind `#`; null: it names no page. */
export function parseRoute(hash: string): Route | null {
  const [, page, id] = /^#\/(exercise|card|challenge|sandbox)(?:\/([\w-]+))?$/.exec(hash) ?? [];
  if (page === 'sandbox') return { page };
  return id !== undefined && (page === 'exercise' || page === 'card' || page === 'challenge') ? { page, id } : null;
}

export function formatRoute(route: Route): string {
  return route.page === 'sandbox' ? '#/sandbox' : `#/${route.page}/${route.id}`;
}
