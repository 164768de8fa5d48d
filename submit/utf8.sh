# To be sourced: takes a locale with UTF-8 where none is set that knows more than ASCII, as in containers and cron. Java
# takes names of files, arguments and environment as the locale says, and cannot open what has other characters.

# The character set of a locale; ASCII also of one that is not installed.
charset() {
  if command -v locale >/dev/null 2>&1; then
    LC_ALL=$1 locale charmap 2>/dev/null || true
  else
    case $1 in
      *.[Uu][Tt][Ff]8 | *.[Uu][Tt][Ff]-8) echo UTF-8 ;;
      *) echo ANSI_X3.4-1968 ;;
    esac
  fi
}

case $(charset "${LC_ALL:-${LC_CTYPE:-${LANG:-C}}}") in
  '' | ANSI_X3.4-1968 | US-ASCII | 646)
    for locale in C.UTF-8 C.utf8 en_US.UTF-8; do
      if [ "$(charset "$locale")" = UTF-8 ]; then
        if [ -n "${LC_ALL:-}" ]; then
          export LC_ALL="$locale"
        else
          export LC_CTYPE="$locale"
        fi
        break
      fi
    done
    ;;
esac
