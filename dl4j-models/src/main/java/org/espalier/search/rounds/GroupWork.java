package org.espalier.search.rounds;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.espalier.search.SumShape;
import org.espalier.storage.Bytes;

/**
 * What an executor is asked to do in one go.
 *
 * @param shape the sums that items may add to
 * @param items in item order
 */
record GroupWork(SumShape shape, List<Item> items) {
  GroupWork {
    items = List.copyOf(items);
  }

  /** An item's place in the round and its bytes. */
  record Item(int index, Bytes bytes) {}

  byte[] encode() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeInt(shape.blocks().size());
      for (SumShape.Block block : shape.blocks()) {
        out.writeUTF(block.name());
        out.writeInt(block.length());
      }
      out.writeInt(items.size());
      for (Item item : items) {
        out.writeInt(item.index());
        out.writeInt(item.bytes().size());
        out.write(item.bytes().toArray());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  static GroupWork decode(byte[] bytes) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      List<SumShape.Block> blocks = new ArrayList<>();
      for (int left = in.readInt(); left > 0; left--) {
        blocks.add(new SumShape.Block(in.readUTF(), in.readInt()));
      }
      List<Item> items = new ArrayList<>();
      for (int left = in.readInt(); left > 0; left--) {
        int index = in.readInt();
        items.add(new Item(index, Bytes.owning(in.readNBytes(in.readInt()))));
      }
      return new GroupWork(new SumShape(blocks), items);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
