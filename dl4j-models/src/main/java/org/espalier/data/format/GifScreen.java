package org.espalier.data.format;

import java.io.IOException;
import javax.imageio.ImageReader;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import org.w3c.dom.Node;

/**
 * The screen that a GIF is made for, of which its first frame may cover only a part.
 *
 * @param height of the screen, enlarged to hold the frame
 * @param width of the screen, enlarged to hold the frame
 * @param top row of the frame's first row
 * @param left column of the frame's first column
 */
record GifScreen(int height, int width, int top, int left) {
  /** The screen of a file. */
  static GifScreen of(ImageReader reader) throws IOException {
    Node screen = part(reader.getStreamMetadata(), "LogicalScreenDescriptor");
    Node frame = part(reader.getImageMetadata(0), "ImageDescriptor");
    int top = number(frame, "imageTopPosition");
    int left = number(frame, "imageLeftPosition");
    return new GifScreen(
        Math.max(number(screen, "logicalScreenHeight"), top + number(frame, "imageHeight")),
        Math.max(number(screen, "logicalScreenWidth"), left + number(frame, "imageWidth")),
        top,
        left);
  }

  private static Node part(IIOMetadata metadata, String name) {
    IIOMetadataNode root =
        (IIOMetadataNode) metadata.getAsTree(metadata.getNativeMetadataFormatName());
    return root.getElementsByTagName(name).item(0);
  }

  private static int number(Node node, String attribute) {
    return Integer.parseInt(node.getAttributes().getNamedItem(attribute).getNodeValue());
  }
}
