package org.espalier.network;

/** Which layers give what they read, in the same memory, when they are not in training. */
enum PassingOn implements Layer.Visitor<Boolean> {
  INSTANCE;

  @Override
  public Boolean convolution(Layer.Convolution layer) {
    return false;
  }

  @Override
  public Boolean depthwiseConvolution(Layer.DepthwiseConvolution layer) {
    return false;
  }

  @Override
  public Boolean batchNormalization(Layer.BatchNormalization layer) {
    return false;
  }

  @Override
  public Boolean activation(Layer.Activation layer) {
    return false;
  }

  @Override
  public Boolean pooling(Layer.Pooling layer) {
    return false;
  }

  @Override
  public Boolean globalAveragePooling(Layer.GlobalAveragePooling layer) {
    return false;
  }

  @Override
  public Boolean linear(Layer.Linear layer) {
    return false;
  }

  @Override
  public Boolean add(Layer.Add layer) {
    return false;
  }

  @Override
  public Boolean concatenation(Layer.Concatenation layer) {
    return false;
  }

  @Override
  public Boolean channelSlice(Layer.ChannelSlice layer) {
    return false;
  }

  @Override
  public Boolean dropout(Layer.Dropout layer) {
    return true;
  }

  @Override
  public Boolean dropPath(Layer.DropPath layer) {
    return true;
  }

  @Override
  public Boolean scale(Layer.Scale layer) {
    return false;
  }
}
