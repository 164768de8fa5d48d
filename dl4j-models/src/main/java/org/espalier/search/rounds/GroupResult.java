package org.espalier.search.rounds;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.espalier.search.SumShape;
import org.espalier.storage.Bytes;

/**
 * What executors give back: the outcomes of items and the sums that they add to. Sums are the bulk,
 * so they are written from float64 straight into the bytes that travel, and read from there.
 *
 * @param platforms on which the items were performed, without repetition
 * @param items in item order inside each group, group after group
 * @param sums folded; blocks without contributions are left out
 */
record GroupResult(List<String> platforms, List<Item> items, List<Sum> sums) {
  GroupResult {
    platforms = List.copyOf(platforms);
    items = List.copyOf(items);
    sums = List.copyOf(sums);
  }

  /**
   * An item's outcome.
   *
   * @param index place in the round
   * @param failed whether {@code bytes} are a reason in UTF-8 rather than an encoded result
   * @param bytes what came out
   * @param time it took; reported, never used
   */
  record Item(int index, boolean failed, Bytes bytes, ItemTime time) {}

  /**
   * A block's sum.
   *
   * @param block index in the {@link SumShape}
   * @param contributions items that added to it
   * @param values the sum, to be read once
   */
  record Sum(int block, int contributions, FloatBuffer values) {}

  static byte[] encode(List<String> platforms, List<Item> items, SumFold sums) {
    List<byte[]> names =
        platforms.stream().map(platform -> platform.getBytes(StandardCharsets.UTF_8)).toList();
    long size = 4L + 4 + 4;
    size += names.stream().mapToLong(name -> 4L + name.length).sum();
    size += items.stream().mapToLong(item -> 4L + 1 + 8 + 8 + 4 + item.bytes().size()).sum();
    for (int block : sums.blocks()) {
      size += 4L + 4 + 4 + 4L * sums.length(block);
    }
    ByteBuffer to = ByteBuffer.allocate(Math.toIntExact(size)).order(ByteOrder.LITTLE_ENDIAN);
    to.putInt(names.size());
    for (byte[] name : names) {
      to.putInt(name.length).put(name);
    }
    to.putInt(items.size());
    for (Item item : items) {
      to.putInt(item.index()).put((byte) (item.failed() ? 1 : 0));
      to.putLong(item.time().cpuNanos()).putLong(item.time().wallNanos());
      to.putInt(item.bytes().size()).put(item.bytes().view());
    }
    to.putInt(sums.count());
    for (int block : sums.blocks()) {
      int length = sums.length(block);
      to.putInt(block).putInt(sums.contributions(block)).putInt(length);
      sums.round(block, to.asFloatBuffer());
      to.position(to.position() + 4 * length);
    }
    return to.array();
  }

  /**
   * Reads what {@link #encode} wrote.
   *
   * @throws IllegalArgumentException if it is something else
   */
  static GroupResult decode(byte[] bytes) {
    try {
      ByteBuffer from = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
      List<String> platforms = new ArrayList<>();
      for (int left = from.getInt(); left > 0; left--) {
        platforms.add(new String(next(from, from.getInt()), StandardCharsets.UTF_8));
      }
      List<Item> items = new ArrayList<>();
      for (int left = from.getInt(); left > 0; left--) {
        int index = from.getInt();
        boolean failed = from.get() != 0;
        ItemTime time = new ItemTime(from.getLong(), from.getLong());
        items.add(new Item(index, failed, Bytes.owning(next(from, from.getInt())), time));
      }
      List<Sum> sums = new ArrayList<>();
      for (int left = from.getInt(); left > 0; left--) {
        int block = from.getInt();
        int contributions = from.getInt();
        int length = from.getInt();
        FloatBuffer values =
            from.slice(from.position(), 4 * length).order(from.order()).asFloatBuffer();
        from.position(from.position() + 4 * length);
        sums.add(new Sum(block, contributions, values));
      }
      return new GroupResult(platforms, items, sums);
    } catch (BufferUnderflowException | IndexOutOfBoundsException | NegativeArraySizeException e) {
      throw new IllegalArgumentException("not the bytes of a group's result: " + e.getMessage(), e);
    }
  }

  private static byte[] next(ByteBuffer from, int length) {
    byte[] next = new byte[length];
    from.get(next);
    return next;
  }
}
