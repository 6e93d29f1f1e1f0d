/* Runs before the first paint: says that scripts run and whether the address asks for results, and
   applies the theme the reader chose. */
{
  const { classList, dataset } = document.documentElement;
  classList.add("js");
  if (location.search) classList.add("asked");
  try {
    const { theme } = localStorage;
    if (theme) dataset.theme = theme;
  } catch {
    // Storage may be forbidden; the system's theme holds then.
  }
}
