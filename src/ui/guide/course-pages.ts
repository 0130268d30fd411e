import type { CoursePage } from '../../scenario/course/course.ts';
import type { Route } from '../app/route.ts';
import { COURSE } from '../course/course-data.ts';

/** All pages of the course, in its order. */
export const PAGES: readonly CoursePage[] = COURSE.chapters.flatMap(({ pages }) => pages);

export const EXERCISES: readonly CoursePage[] = PAGES.filter(({ page }) => page === 'exercise');

/** How a page is called in an address: an exercise by its folder, so that the address reads like the course. */
const slugOf = ({ page, id, file }: CoursePage): string =>
  page === 'exercise' ? file.replace(/\/exercise\.yaml$/, '') : id;

export const routeOf = (page: CoursePage): Route => ({ page: page.page, id: slugOf(page) });

/** The page that an address means, by its name in addresses or by its id. */
export function pageAt(route: Route): CoursePage | null {
  if (route.page === 'sandbox') return null;
  return PAGES.find((page) => page.page === route.page && (slugOf(page) === route.id || page.id === route.id)) ?? null;
}
