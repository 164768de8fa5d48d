package org.espalier.report.html;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import org.espalier.report.Downloads;

/** Draws {@link Downloads} as links: to data inside the page, or to files beside it. */
final class DownloadsRenderer {
  private DownloadsRenderer() {}

  static String render(Downloads downloads) {
    Html html = new Html().add("<figure><figcaption>%s</figcaption>", downloads.title());
    html.raw("<ul class=\"downloads\">");
    for (Downloads.Item item : downloads.items()) {
      String name = item.name();
      html.add(
          "<li><a href=\"%s\" download=\"%s\">%s</a> <span>%s</span></li>",
          address(item), name.substring(name.lastIndexOf('/') + 1), name, item.note());
    }
    return html.raw("</ul></figure>").toString();
  }

  private static String address(Downloads.Item item) {
    return item instanceof Downloads.Embedded embedded
        ? "data:%s;base64,%s"
            .formatted(
                embedded.mediaType(),
                Base64.getEncoder().encodeToString(embedded.content().toArray()))
        : relative(item.name());
  }

  // Everything but what is plain in a path, so that no name is taken for a scheme or a query.
  private static String relative(String path) {
    StringBuilder address = new StringBuilder("./");
    for (byte each : path.getBytes(StandardCharsets.UTF_8)) {
      char character = (char) Byte.toUnsignedInt(each);
      boolean plain =
          character < 128
              && (Character.isLetterOrDigit(character) || "-._/".indexOf(character) >= 0);
      address.append(
          plain
              ? String.valueOf(character)
              : String.format(Locale.ROOT, "%%%02X", (int) character));
    }
    return address.toString();
  }
}
