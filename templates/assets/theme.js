/* Runs before the first paint: says that scripts run, whether the address asks for results, and
   whether the reader begins at the top, neither sent to a part nor back or reloading; and applies
   the theme the reader chose. */
{
  const { classList, dataset } = document.documentElement;
  classList.add("js");
  if (location.search) classList.add("asked");
  if (!performance.navigation?.type && !location.hash) classList.add("fresh");
  try {
    const { theme } = localStorage;
    if (theme) dataset.theme = theme;
  } catch {
    // Storage may be forbidden; the system's theme holds then.
  }
}
