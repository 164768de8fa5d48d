package org.espalier.export;

import ai.onnxruntime.OrtEnvironment;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.List;
import org.bytedeco.javacpp.Loader;

/**
 * The native libraries of ONNX Runtime, unpacked once beside those of ND4J. By itself it unpacks
 * them into the temporary folder in every process, and leaves the folder behind.
 */
final class OnnxLibraries {
  private static final String PROPERTY = "onnxruntime.native.path";
  private static final String FOLDER = "/ai/onnxruntime/native/linux-x64/";
  private static final List<String> NAMES = List.of("onnxruntime", "onnxruntime4j_jni");

  private OnnxLibraries() {}

  /**
   * Unpacks them and tells ONNX Runtime where; to be called before its first use. Does nothing
   * where somebody has told it already, or where its jar is for another kind of machine.
   */
  static synchronized void unpack() {
    if (System.getProperty(PROPERTY) != null) {
      return;
    }
    for (String name : NAMES) {
      URL library = OrtEnvironment.class.getResource(FOLDER + System.mapLibraryName(name));
      if (library == null) {
        return;
      }
      try {
        File unpacked = Loader.cacheResource(library);
        System.setProperty(PROPERTY, unpacked.getParent());
      } catch (IOException e) {
        throw new UncheckedIOException("cannot unpack ONNX Runtime: " + e.getMessage(), e);
      }
    }
  }
}
