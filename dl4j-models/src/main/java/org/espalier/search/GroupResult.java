package org.espalier.search;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * What an executor gives back for a group.
 *
 * @param platform on which it was performed
 * @param items in item order
 * @param sums folded over the group's items; blocks without contributions are left out
 */
record GroupResult(String platform, List<Item> items, List<Sum> sums) {
  GroupResult {
    items = List.copyOf(items);
    sums = List.copyOf(sums);
  }

  /**
   * An item's outcome.
   *
   * @param index place in the round
   * @param failed whether {@code bytes} are a reason in UTF-8 rather than an encoded result
   * @param bytes what came out
   * @param cpuNanos CPU time it took; reported, never used
   */
  record Item(int index, boolean failed, Bytes bytes, long cpuNanos) {}

  /**
   * A block's sum.
   *
   * @param block index in the {@link SumShape}
   * @param contributions items that added to it
   * @param values the sum
   */
  record Sum(int block, int contributions, Floats values) {}

  byte[] encode() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeUTF(platform);
      out.writeInt(items.size());
      for (Item item : items) {
        out.writeInt(item.index());
        out.writeBoolean(item.failed());
        out.writeInt(item.bytes().size());
        out.write(item.bytes().array());
        out.writeLong(item.cpuNanos());
      }
      out.writeInt(sums.size());
      for (Sum sum : sums) {
        out.writeInt(sum.block());
        out.writeInt(sum.contributions());
        out.writeInt(sum.values().size());
        ByteBuffer raw = ByteBuffer.allocate(4 * sum.values().size());
        raw.asFloatBuffer().put(sum.values().view());
        out.write(raw.array());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  static GroupResult decode(byte[] bytes) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      String platform = in.readUTF();
      List<Item> items = new ArrayList<>();
      for (int left = in.readInt(); left > 0; left--) {
        int index = in.readInt();
        boolean failed = in.readBoolean();
        Bytes outcome = Bytes.owning(in.readNBytes(in.readInt()));
        items.add(new Item(index, failed, outcome, in.readLong()));
      }
      List<Sum> sums = new ArrayList<>();
      for (int left = in.readInt(); left > 0; left--) {
        int block = in.readInt();
        int contributions = in.readInt();
        float[] values = new float[in.readInt()];
        ByteBuffer.wrap(in.readNBytes(4 * values.length)).asFloatBuffer().get(values);
        sums.add(new Sum(block, contributions, Floats.owning(values)));
      }
      return new GroupResult(platform, items, sums);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
