package org.espalier.storage;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * Records as bytes: JSON, followed by the values of every {@link Floats} inside as raw
 * little-endian float32. Layout: length of the JSON (int32), the JSON in UTF-8, number of blocks
 * (int32), and for each its number of values (int32) and the values. Sealed interfaces are written
 * as {@link SealedTypes} says. Maps are written in the order of their keys, so the bytes are a
 * function of the value.
 *
 * @param <T> a record, or an interface of records
 */
public final class RecordCodec<T> implements Codec<T> {
  private static final String BLOCKS = "blocks";
  private static final ObjectMapper MAPPER =
      JsonMapper.builder(StableJson.plain())
          .visibility(PropertyAccessor.GETTER, JsonAutoDetect.Visibility.NONE)
          .visibility(PropertyAccessor.IS_GETTER, JsonAutoDetect.Visibility.NONE)
          .visibility(PropertyAccessor.FIELD, JsonAutoDetect.Visibility.ANY)
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .addModule(SealedTypes.module())
          .addModule(
              new SimpleModule("blocks")
                  .addSerializer(Bytes.class, new BytesWriter())
                  .addDeserializer(Bytes.class, new BytesReader())
                  .addSerializer(Floats.class, new FloatsWriter())
                  .addDeserializer(Floats.class, new FloatsReader()))
          .build();

  private final Class<T> type;

  /** A codec for one type of records. */
  public RecordCodec(Class<T> type) {
    this.type = type;
  }

  @Override
  public byte[] encode(T value) {
    List<Raw> blocks = new ArrayList<>();
    byte[] json;
    try {
      json = MAPPER.writerFor(type).withAttribute(BLOCKS, blocks).writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "a %s cannot be encoded: %s".formatted(type.getSimpleName(), e.getOriginalMessage()), e);
    }
    long size = 8L + json.length + blocks.stream().mapToLong(block -> 4L + block.size()).sum();
    ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(size)).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putInt(json.length).put(json).putInt(blocks.size());
    for (Raw block : blocks) {
      bytes.putInt(block.size());
      block.write(bytes);
    }
    return bytes.array();
  }

  @Override
  public T decode(byte[] bytes) {
    try {
      ByteBuffer from = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
      byte[] json = new byte[count(from, 1)];
      from.get(json);
      List<ByteBuffer> blocks = new ArrayList<>();
      for (int left = count(from, 4); left > 0; left--) {
        int size = count(from, 1);
        blocks.add(from.slice(from.position(), size).order(ByteOrder.LITTLE_ENDIAN));
        from.position(from.position() + size);
      }
      if (from.hasRemaining()) {
        throw new IllegalArgumentException(from.remaining() + " bytes are left over");
      }
      return MAPPER.readerFor(type).withAttribute(BLOCKS, blocks).readValue(json);
    } catch (BufferUnderflowException | IOException | IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "not the bytes of a %s: %s".formatted(type.getSimpleName(), e.getMessage()), e);
    }
  }

  /** Reads how many things of some bytes follow, and checks that they can. */
  private static int count(ByteBuffer from, int bytesEach) {
    int count = from.getInt();
    if (count < 0 || (long) count * bytesEach > from.remaining()) {
      throw new IllegalArgumentException(
          "at byte %s: %s values announced, %s bytes left"
              .formatted(from.position() - 4, count, from.remaining()));
    }
    return count;
  }

  /** Values on their way into the bytes, not copied before. */
  private interface Raw {
    int size();

    /** Writes them and moves the position behind them. */
    void write(ByteBuffer to);
  }

  private record RawBlock(Bytes bytes) implements Raw {
    @Override
    public int size() {
      return bytes.size();
    }

    @Override
    public void write(ByteBuffer to) {
      to.put(bytes.view());
    }
  }

  private record FloatBlock(Floats floats) implements Raw {
    @Override
    public int size() {
      return Math.multiplyExact(4, floats.size());
    }

    @Override
    public void write(ByteBuffer to) {
      to.asFloatBuffer().put(floats.view());
      to.position(to.position() + size());
    }
  }

  @SuppressWarnings("unchecked")
  private static void writeBlock(Raw block, JsonGenerator json, SerializerProvider provider)
      throws IOException {
    List<Raw> blocks = (List<Raw>) provider.getAttribute(BLOCKS);
    json.writeNumber(blocks.size());
    blocks.add(block);
  }

  private static ByteBuffer readBlock(JsonParser json, DeserializationContext context)
      throws IOException {
    List<?> blocks = (List<?>) context.getAttribute(BLOCKS);
    int index = json.getIntValue();
    if (index < 0 || index >= blocks.size()) {
      throw new IllegalArgumentException(
          "block %s is named, there are %s".formatted(index, blocks.size()));
    }
    return ((ByteBuffer) blocks.get(index)).duplicate().order(ByteOrder.LITTLE_ENDIAN);
  }

  private static final class BytesWriter extends JsonSerializer<Bytes> {
    @Override
    public void serialize(Bytes value, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      writeBlock(new RawBlock(value), json, provider);
    }
  }

  private static final class BytesReader extends JsonDeserializer<Bytes> {
    @Override
    public Bytes deserialize(JsonParser json, DeserializationContext context) throws IOException {
      ByteBuffer raw = readBlock(json, context);
      byte[] values = new byte[raw.remaining()];
      raw.get(values);
      return Bytes.owning(values);
    }
  }

  private static final class FloatsWriter extends JsonSerializer<Floats> {
    @Override
    public void serialize(Floats value, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      writeBlock(new FloatBlock(value), json, provider);
    }
  }

  private static final class FloatsReader extends JsonDeserializer<Floats> {
    @Override
    public Floats deserialize(JsonParser json, DeserializationContext context) throws IOException {
      ByteBuffer raw = readBlock(json, context);
      float[] values = new float[raw.remaining() / 4];
      raw.asFloatBuffer().get(values);
      return Floats.owning(values);
    }
  }
}
